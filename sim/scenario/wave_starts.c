/* When each wave begins. */
#include "plan.h"

nlc_error nlc_scenario_wave_starts(const nlc_scenario *self, const nlc_settings *settings, nlc_text *starts, nlc_problems *problems)
{
    nlc_plan plan;
    nlc_error error = nlc_plan_init(&plan, self, settings, problems);
    for (uint32_t w = 0; w < plan.num_waves && !error; w++)
        error = nlc_text_print(starts, "%s\t%ld\n", plan.wave_text[w], (long)plan.wave_start[w]);
    nlc_plan_free(&plan);
    return error ? error : nlc_problems_error(problems);
}
