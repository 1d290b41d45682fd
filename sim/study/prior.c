#include "prior.h"

#include "stream.h"

enum { PRIOR = 0x707269 };

void nlc_prior_draw(const nlc_model *model, uint64_t seed, uint64_t number, const bool *is_held, float *parameters)
{
    nlc_stream stream = nlc_stream_for(seed, PRIOR, number);
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const nlc_parameter *parameter = &model->parameters[k];
        const double low = (double)parameter->low, high = (double)parameter->high;
        const float value = (float)(low + nlc_stream_unit(&stream) * (high - low));
        if (!is_held[k])
            parameters[k] = value < parameter->low ? parameter->low : value > parameter->high ? parameter->high : value;
    }
}
