#include "sources.h"

#include <string.h>

#define CLASSIC_TITLE   "classic diffusion set of the R package netdiffuseR"
#define CLASSIC_LICENCE "MIT"
#define CLASSIC_NOTE    "analogue data: not about plans of governments"

static const nlc_source known[] = {
    {"SPID", "US state policies, the open half of the tasks", "none is stated with the data",
     "to be used where they stand, not to be copied or passed on"},
    {"brfarmers", CLASSIC_TITLE, CLASSIC_LICENCE, CLASSIC_NOTE},
    {"medInnovations", CLASSIC_TITLE, CLASSIC_LICENCE, CLASSIC_NOTE},
    {"uk_councils_nodes.csv", "climate emergency declarations of UK councils, mySociety and Climate Emergency UK", "CC BY 4.0",
     "analogue data: not about preventing violent extremism; July 2019 is an outside shock"},
};

nlc_source nlc_source_of(const char *name)
{
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (strcmp(known[k].name, name) == 0) {
            return known[k];
        }
    }
    return (nlc_source){name, name, "not known to this program", "ask who gave you the data before you pass anything on"};
}

void nlc_sources_write(const char *const *names, uint32_t num, nlc_json *json)
{
    nlc_json_open(json, "sources", '[');
    for (uint32_t k = 0; k < num; k++) {
        const nlc_source source = nlc_source_of(names[k]);
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "title", source.title);
        nlc_json_text(json, "name", source.name);
        nlc_json_text(json, "licence", source.licence);
        nlc_json_text(json, "note", source.note);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

nlc_error nlc_sources_summarise(const char *const *names, uint32_t num, nlc_text *text)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        const nlc_source source = nlc_source_of(names[k]);
        error = nlc_text_print(text, "data: %s: %s; licence: %s; %s\n", source.name, source.title, source.licence, source.note);
    }
    return error;
}
