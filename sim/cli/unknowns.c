#include "unknowns.h"

#include "design.h"

#include <stdlib.h>

double cli_unknown_at(const void *context, uint32_t address, double probability)
{
    const nlc_study *study = context;
    return nlc_factor_at(&study->factor[address], probability);
}

static void factors_check(const nlc_study *study, nlc_problems *problems)
{
    for (uint32_t k = 0; k < study->num_factors; k++) {
        const nlc_factor *factor = &study->factor[k];
        if (!nlc_factor_is_setting(factor) || study->variant[0].setting[k].kind == NLC_SETTING_SCENARIO) {
            nlc_problems_add(problems, factor->where, "'%s' is no number; unknowns are parameters, levers and dials", factor->name);
            continue;
        }
        if (factor->num_levels > 0 || !(factor->high > factor->low))
            nlc_problems_add(problems, factor->where, "'%s' needs a range, low and high", factor->name);
    }
    if (study->num_factors == 0)
        nlc_problems_add(problems, (nlc_where){study->label, 0, 0}, "factors.csv names nothing to fit");
    if (study->stop.text)
        nlc_problems_add(problems, study->stop.where,
                         "stop ends the runs of a design point of sweep, and here there are none; take the row out (calibrate has "
                         "--simulations and --tolerance, forecast --draws)");
}

nlc_error cli_unknowns_make(nlc_points *points, nlc_study *study, nlc_problems *problems)
{
    const uint32_t num = study->num_factors;
    const char **names = malloc((num + (size_t)1) * sizeof *names);
    double *low = malloc((num + (size_t)1) * sizeof *low), *high = malloc((num + (size_t)1) * sizeof *high);
    const nlc_settings nothing = {0};
    nlc_error error = names && low && high ? NLC_OK : NLC_ERROR_MEMORY;
    factors_check(study, problems);
    if (error == NLC_OK)
        error = nlc_problems_error(problems);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        names[k] = study->factor[k].name;
        low[k] = study->factor[k].low;
        high[k] = study->factor[k].high;
    }
    if (error == NLC_OK)
        error = nlc_points_init(points, &study->variant[0].scenario, &nothing, names, low, high, num,
                                (nlc_where){"factors.csv", 0, 0}, problems);
    free(names);
    free(low);
    free(high);
    return error;
}
