/* Finds what is wrong with lever rows where a scenario will not be resolved, because something else is
 * wrong already. */
#include "plan.h"

/* Waves that a rule makes are not known without networks: any will show a value out of bounds. */
static uint32_t wave_of(const nlc_plan *plan, uint32_t place)
{
    const nlc_scenario *scenario = plan->scenario;
    return plan->waves.kind == NLC_WAVES_LISTED ? scenario->node[scenario->place[place]].wave : 1 + place % plan->waves.number;
}

static nlc_error make_schedules(nlc_courses *courses)
{
    const nlc_plan *plan = courses->plan;
    const nlc_scenario *scenario = plan->scenario;
    uint32_t schedule;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < scenario->num_countries && !error; k++)
        error = nlc_courses_of_lead(courses, scenario->country[k].lead, &schedule);
    for (uint32_t a = 0; a < scenario->num_agencies && !error; a++)
        if (scenario->agency[a].country != NLC_NONE)
            error = nlc_courses_of_agency(courses, a, &schedule);
    for (uint32_t p = 0; p < scenario->num_places && !error; p++)
        error = nlc_courses_of_place(courses, scenario->place[p], wave_of(plan, p), &schedule);
    return error;
}

nlc_error nlc_plan_check_rows(nlc_plan *self)
{
    nlc_courses courses;
    nlc_error error = nlc_courses_init(&courses, self);
    if (!error)
        error = make_schedules(&courses);
    const bool is_known = self->waves.kind == NLC_WAVES_LISTED && !self->scenario->is_flawed[NLC_TABLE_NODES] &&
                          !self->scenario->is_flawed[NLC_TABLE_AGENCIES] && !self->scenario->is_flawed[NLC_TABLE_WAVES];
    if (!error && is_known)
        nlc_courses_check(&courses);
    nlc_courses_free(&courses);
    return error;
}

nlc_error nlc_scenario_check(const nlc_scenario *self, nlc_problems *problems)
{
    const nlc_settings none = {0};
    nlc_plan plan;
    nlc_error error = nlc_plan_init(&plan, self, &none, problems);
    if (!error)
        error = nlc_plan_check_rows(&plan);
    nlc_plan_free(&plan);
    return error ? error : nlc_problems_error(problems);
}
