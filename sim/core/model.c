/* Names: errors, evidence classes, dials, and the tables of a model. */
#include "batch.h"

#include <string.h>

const char *nlc_error_text(nlc_error error)
{
    static const char *const text[] = {"no error", "not enough memory", "the input is not valid",
                                       "a file could not be read or written", "interrupted"};
    return text[error];
}

const char *nlc_evidence_name(nlc_evidence evidence)
{
    static const char *const name[] = {"calibrated", "literature", "tuned", "assumption"};
    return name[evidence];
}

const char *nlc_dial_name(nlc_dial dial)
{
    static const char *const name[] = {"", "resourcing", "engagement", "capacity_building"};
    return name[dial];
}

/* Every table's rows begin with their name. */
static uint32_t find(const void *table, size_t row_size, uint32_t num, const char *name)
{
    for (uint32_t i = 0; i < num; i++) {
        const char *row_name;
        memcpy(&row_name, (const char *)table + i * row_size, sizeof row_name);
        if (strcmp(row_name, name) == 0)
            return i;
    }
    return NLC_NONE;
}

uint32_t nlc_model_parameter(const nlc_model *self, const char *name)
{
    return find(self->parameters, sizeof *self->parameters, self->num_parameters, name);
}

uint32_t nlc_model_lever(const nlc_model *self, const char *name)
{
    return find(self->levers, sizeof *self->levers, self->num_levers, name);
}

uint32_t nlc_model_attribute(const nlc_model *self, const char *name)
{
    return find(self->attributes, sizeof *self->attributes, self->num_attributes, name);
}

uint32_t nlc_model_view(const nlc_model *self, const char *name)
{
    return find(self->views, sizeof *self->views, self->num_views, name);
}

uint32_t nlc_model_measure(const nlc_model *self, const char *name)
{
    return find(self->measures, sizeof *self->measures, self->num_measures, name);
}

uint32_t nlc_model_tally(const nlc_model *self, const char *name)
{
    return find(self->tallies, sizeof *self->tallies, self->num_tallies, name);
}

/* A plain kernel runs everywhere; the others ask the CPU. */
static bool cpu_runs(const char *isa)
{
#if defined(__x86_64__)
    if (strcmp(isa, "avx512") == 0)
        return __builtin_cpu_supports("avx512f") != 0;
    if (strcmp(isa, "avx2") == 0)
        return __builtin_cpu_supports("avx2") != 0;
#endif
    (void)isa;
    return true;
}

extern const nlc_sums nlc_sums_plain;
#if defined(__x86_64__)
extern const nlc_sums nlc_sums_avx2;
#endif

const nlc_sums *nlc_sums_for_cpu(void)
{
#if defined(__x86_64__)
    if (cpu_runs(nlc_sums_avx2.isa))
        return &nlc_sums_avx2;
#endif
    return &nlc_sums_plain;
}

const nlc_kernel *nlc_kernel_for(const nlc_model *model, uint32_t lanes)
{
    for (const nlc_kernel *const *kernel = model->kernels; *kernel; kernel++)
        if ((lanes == 0 || (*kernel)->lanes == lanes) && cpu_runs((*kernel)->isa))
            return *kernel;
    return NULL;
}

uint32_t nlc_kernel_lanes(const nlc_kernel *self)
{
    return self->lanes;
}

const char *nlc_kernel_isa(const nlc_kernel *self)
{
    return self->isa;
}
