#include "kinds.h"

#include <string.h>

static const nlc_case_kind kinds[] = {
    {"abc_binomial_", nlc_verify_abc_binomial},
    {"abc_smc_", nlc_verify_abc_smc},
    {"bass_closed_form_", nlc_verify_bass_curve},
    {"campolongo_", nlc_verify_campolongo},
    {"crn_", nlc_verify_crn},
    {"ctmc_", nlc_verify_bass_time},
    {"degroot_", nlc_verify_opinions},
    {"delta_", nlc_verify_delta},
    {"dt_bass_", nlc_verify_bass_steps},
    {"exact_dtmc_", nlc_verify_chain},
    {"graph_exact_", nlc_verify_graph_exact},
    {"hypervolume_", nlc_verify_hypervolume},
    {"ic_", nlc_verify_cascade},
    {"ic_complete_", nlc_verify_cascade_complete},
    {"leaky_capacity_", nlc_verify_leaky},
    {"lt_", nlc_verify_threshold},
    {"morris_", nlc_verify_morris},
    {"nls_", nlc_verify_nls},
    {"prim_", nlc_verify_prim},
    {"rdm_regret_", nlc_verify_rdm_regret},
    {"relay_tree_", nlc_verify_relay},
    {"replication_stopping_", nlc_verify_replication_stopping},
    {"rinott_", nlc_verify_rinott},
    {"salib_sobol_", nlc_verify_salib_sobol},
    {"sbc_", nlc_verify_sbc},
    {"scoring_rules_", nlc_verify_scoring_rules},
    {"sobol_", nlc_verify_sobol},
    {"sobol_stochastic_noise_", nlc_verify_sobol_stochastic_noise},
    {"summary_stats_", nlc_verify_summary_stats},
    {"two_state_capacity_", nlc_verify_two_states},
    {"voter_", nlc_verify_voter},
    {"watts_cascade_", nlc_verify_cascade_window},
    {"watts_strogatz_", nlc_verify_watts_strogatz},
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
