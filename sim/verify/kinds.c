#include "kinds.h"

#include <string.h>

static const nlc_case_kind kinds[] = {
    {"exact_dtmc_", nlc_verify_chain},
    {"ic_", nlc_verify_cascade},
    {"lt_", nlc_verify_threshold},
    {"replication_stopping_", nlc_verify_replication_stopping},
};

const nlc_case_kind *nlc_case_kind_in(const nlc_case_kind *list, uint32_t num_kinds, const char *id)
{
    const nlc_case_kind *best = NULL;
    size_t longest = 0;
    for (uint32_t k = 0; k < num_kinds; k++) {
        const size_t length = strlen(list[k].prefix);
        if (length > longest && strncmp(list[k].prefix, id, length) == 0) {
            best = &list[k];
            longest = length;
        }
    }
    return best;
}

const nlc_case_kind *nlc_case_kind_of(const char *id)
{
    return nlc_case_kind_in(kinds, sizeof kinds / sizeof kinds[0], id);
}
