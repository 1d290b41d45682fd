/* The models that the program knows. */
#include "nlc/nlc.h"

extern const nlc_model nlc_model_bass, nlc_model_threshold, nlc_model_cascade, nlc_model_contagion, nlc_model_relay,
    nlc_model_degroot, nlc_model_voter, nlc_model_training;

/* The first is the one that is meant where none is named. */
const nlc_model *const *nlc_models(void)
{
    static const nlc_model *const models[] = {
        &nlc_model_nlc,   &nlc_model_bass,    &nlc_model_threshold, &nlc_model_cascade,  &nlc_model_contagion,
        &nlc_model_relay, &nlc_model_degroot, &nlc_model_voter,     &nlc_model_training, NULL,
    };
    return models;
}
