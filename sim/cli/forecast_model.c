#include "forecast_model.h"

#include "estimate.h"
#include "load.h"
#include "own.h"
#include "unknowns.h"

#include <errno.h>

enum { DRAWS = 2000 };

/* What chance and progress are taken from. */
typedef struct {
    const nlc_study *study;
    bool (*progress)(void *context, uint32_t done, uint32_t total);
    void *context;
} running;

static double value_at(const void *context, uint32_t address, double probability)
{
    const running *self = context;
    return cli_unknown_at(self->study, address, probability);
}

static bool tell(void *context, uint32_t done, uint32_t total)
{
    const running *self = context;
    return self->progress(self->context, done, total);
}

static int study_load(cli_forecast_model *self, const cli_arguments *arguments)
{
    const char *path = cli_value(arguments, "model");
    nlc_text own = {0};
    nlc_problems problems = {0};
    nlc_error error = NLC_OK;
    errno = 0;
    if (path == NULL) {
        error = cli_own_folder("scenarios/any-series", "scenarios/any-series", &own);
        path = own.data;
    }
    if (error == NLC_OK)
        error = nlc_study_load(&self->study, path, nlc_models(), &problems);
    if (error == NLC_OK)
        error = cli_unknowns_make(&self->points, &self->study, &problems);
    const int code = cli_tell(arguments, error, &problems, path);
    nlc_text_free(&own);
    return code;
}

int cli_forecast_model_init(cli_forecast_model *self, const cli_arguments *arguments,
                            bool (*progress)(void *context, uint32_t done, uint32_t total), void *context)
{
    running with = {&self->study, progress, context};
    const int code = study_load(self, arguments);
    if (code != CLI_DONE)
        return code;
    self->model = self->points.scenario.model->name;
    const nlc_curves_options options = {
        .points = &self->points,
        .value = value_at,
        .progress = tell,
        .context = &with,
        .num_runs = (uint32_t)cli_number(arguments, "draws", DRAWS),
        .threads = (uint32_t)cli_number(arguments, "threads", cli_num_processors()),
        .seed = self->study.seed,
    };
    const nlc_error error = nlc_curves_run(&self->curves, &options);
    if (error == NLC_ERROR_INPUT) {
        cli_complain(arguments->command, "the model %s does not say when a place adopts, or no place of its scenario does",
                     self->model);
        return CLI_WRONG;
    }
    return cli_fail(arguments, error, self->study.label);
}

void cli_forecast_model_free(cli_forecast_model *self)
{
    nlc_curves_free(&self->curves);
    nlc_points_free(&self->points);
    nlc_study_free(&self->study);
}
