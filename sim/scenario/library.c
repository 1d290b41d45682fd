/* The library's one call from folder to resolved text. */
#include "scenario.h"

#include <string.h>

nlc_error nlc_scenario_resolve(const char *path, const char *const *settings, size_t num_settings, nlc_text *resolved,
                               nlc_text *problems)
{
    nlc_scenario scenario;
    nlc_settings set = {0};
    nlc_problems found = {0};
    nlc_error error = nlc_scenario_load(&scenario, path, nlc_models(), &found);
    if (error == NLC_OK)
        error = nlc_settings_read(&set, &scenario, settings, num_settings, &found);
    if (error == NLC_OK)
        error = nlc_scenario_write(&scenario, &set, resolved, &found);
    if (nlc_problems_write(&found, problems) != NLC_OK)
        error = NLC_ERROR_MEMORY;
    nlc_settings_free(&set);
    nlc_problems_free(&found);
    nlc_scenario_free(&scenario);
    return error;
}
