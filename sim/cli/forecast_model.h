/* The library of runs that a coordination model forecasts series with. */
#ifndef NLC_CLI_FORECAST_MODEL_H
#define NLC_CLI_FORECAST_MODEL_H

#include "cli.h"

#include "curves.h"
#include "study.h"

/* Zeroed to begin with. */
typedef struct {
    nlc_study study;
    nlc_points points;
    nlc_curves curves;
    const char *model; /* its name; of the study's scenario */
} cli_forecast_model;

/* Runs the study of --model, or the one that came with the program, --draws times. What is wrong goes to the standard
 * error; returns an exit code. Free it in any case. */
int cli_forecast_model_init(cli_forecast_model *self, const cli_arguments *arguments,
                            bool (*progress)(void *context, uint32_t done, uint32_t total), void *context);
void cli_forecast_model_free(cli_forecast_model *self);

#endif
