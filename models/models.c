/* The models that the program knows. */
#include "nlc/nlc.h"

const nlc_model *const *nlc_models(void)
{
    static const nlc_model *const models[] = {&nlc_model_nlc, NULL};
    return models;
}
