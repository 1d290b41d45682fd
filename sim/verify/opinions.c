/* DeGroot averaging: the first steps, the limit, the weight of each place in it, and with stubborn places
 * the fixed point of Friedkin & Johnsen. Everything is certain, so one run tells all. */
#include "graph.h"
#include "kinds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_MONTHS 1200
#define CLOSE       1e-10

typedef struct {
    nlc_case *one;
    uint32_t num_nodes;
    double *weight; /* [num_nodes][num_nodes], owned: row i hears column j */
    double *start;  /* [num_nodes], owned */
} group;

/* What a run gave: opinions by month, from month 1. */
typedef struct {
    const nlc_world *world;
    uint32_t num_months, num_nodes;
    double *opinion; /* [num_months][num_nodes], owned */
} opinions;

static nlc_error complain(nlc_case *one, const char *what)
{
    nlc_case_say(one, "%s", what);
    return NLC_ERROR_INPUT;
}

static nlc_error group_read(group *self)
{
    size_t num;
    const json_t *rows;
    nlc_error error = nlc_case_numbers(self->one, self->one->root, "x0", &self->start, &num);
    if (error == NLC_OK)
        error = nlc_case_member(self->one, self->one->root, "W", JSON_ARRAY, &rows);
    if (error == NLC_OK && (num == 0 || num > NLC_WORLD_MOST_NODES || json_array_size(rows) != num))
        error = complain(self->one, "W has another number of rows than x0, or there are no nodes or more than 256");
    if (error != NLC_OK)
        return error;
    self->num_nodes = (uint32_t)num;
    self->weight = calloc(num * num, sizeof *self->weight);
    if (self->weight == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t i = 0; i < num; i++) {
        if (json_array_size(json_array_get(rows, i)) != num)
            return complain(self->one, "W is not square");
        for (size_t j = 0; j < num; j++)
            self->weight[i * num + j] = json_number_value(json_array_get(json_array_get(rows, i), j));
    }
    return NLC_OK;
}

static nlc_error take(void *context, const nlc_ensemble *ensemble)
{
    opinions *self = context;
    const nlc_model *model = ensemble->scenario->model;
    const size_t stride = (size_t)model->num_measures * ensemble->num_replicates;
    double *values = malloc(self->num_months * stride * sizeof *values);
    if (values == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        nlc_ensemble_measures(ensemble, nlc_world_split_of_node(self->world, ensemble, i), values);
        for (uint32_t t = 0; t < self->num_months; t++)
            self->opinion[(size_t)t * self->num_nodes + i] =
                values[t * stride + (size_t)nlc_model_measure(model, "opinion") * ensemble->num_replicates];
    }
    free(values);
    return NLC_OK;
}

static nlc_error group_run(const group *self, const char *name, const double *start, const double *susceptibility, opinions *result)
{
    nlc_world world;
    const uint32_t n = self->num_nodes;
    result->world = &world;
    result->num_nodes = n;
    result->opinion = calloc((size_t)result->num_months * n, sizeof *result->opinion);
    nlc_world_begin(&world, self->one, "degroot", "start_opinion,self_weight,stubbornness", true);
    for (uint32_t i = 0; i < n; i++)
        nlc_world_place(&world, "place", NLC_NONE, false, ",%.17g,%.17g,%.17g", start[i], self->weight[i * (size_t)n + i],
                        susceptibility != NULL ? 1 - susceptibility[i] : 0.0);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            if (i != j)
                nlc_world_channel(&world, j, i, self->weight[i * (size_t)n + j]);
    const nlc_error error =
        result->opinion != NULL ? nlc_world_run(&world, name, result->num_months, 1, take, result) : NLC_ERROR_MEMORY;
    nlc_world_free(&world);
    return error;
}

static const double *last_of(const opinions *self)
{
    return self->opinion + (size_t)(self->num_months - 1) * self->num_nodes;
}

/* ---- Checks ---------------------------------------------------------------------------------------------- */

static void check_steps(const group *self, const opinions *found)
{
    char label[128];
    const json_t *steps = json_object_get(self->one->root, "first_steps");
    for (uint32_t i = 0; i < self->num_nodes && json_array_size(steps) > 0; i++)
        nlc_case_expect(self->one, nlc_case_label(label, NULL, "opinion of node", i, 0), self->start[i],
                        json_number_value(json_array_get(json_array_get(steps, 0), i)), CLOSE);
    for (uint32_t t = 1; t < json_array_size(steps) && t <= found->num_months; t++)
        for (uint32_t i = 0; i < self->num_nodes; i++)
            nlc_case_expect(self->one, nlc_case_label(label, NULL, "opinion of node", i, t),
                            found->opinion[(size_t)(t - 1) * self->num_nodes + i],
                            json_number_value(json_array_get(json_array_get(steps, t), i)), CLOSE);
}

/* A consensus is one number for all, a limit one for each. */
static void check_limit(const group *self, const opinions *found)
{
    char label[128];
    const json_t *consensus = json_object_get(self->one->root, "consensus"), *limit = json_object_get(self->one->root, "limit");
    if (limit != NULL)
        nlc_case_require(self->one, "a limit for each node", json_array_size(limit) == self->num_nodes);
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        if (json_is_number(consensus))
            nlc_case_expect(self->one, nlc_case_label(label, NULL, "consensus at node", i, NLC_NONE), last_of(found)[i],
                            json_number_value(consensus), CLOSE);
        if (json_array_size(limit) == self->num_nodes)
            nlc_case_expect(self->one, nlc_case_label(label, NULL, "limit of node", i, NLC_NONE), last_of(found)[i],
                            json_number_value(json_array_get(limit, i)), CLOSE);
    }
}

/* The weight of place j in the consensus is what all come to when j alone begins with 1. */
static nlc_error check_weights(const group *self, uint32_t num_months)
{
    char label[128], name[32];
    const json_t *law = json_object_get(self->one->root, "pi");
    double *start = calloc(self->num_nodes, sizeof *start);
    if (law != NULL)
        nlc_case_require(self->one, "a weight for each node", json_array_size(law) == self->num_nodes);
    nlc_error error = start != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t j = 0; error == NLC_OK && j < self->num_nodes && json_array_size(law) == self->num_nodes; j++) {
        opinions found = {.num_months = num_months};
        snprintf(name, sizeof name, "weight-of-n%u", j);
        start[j] = 1;
        error = group_run(self, name, start, NULL, &found);
        if (error == NLC_OK)
            nlc_case_expect(self->one, nlc_case_label(label, NULL, "weight of node", j, NLC_NONE), last_of(&found)[0],
                            json_number_value(json_array_get(law, j)), CLOSE);
        free(found.opinion);
        start[j] = 0;
    }
    free(start);
    return error;
}

static nlc_error check_stubborn(const group *self)
{
    char label[128];
    const json_t *in = json_object_get(self->one->root, "friedkin_johnsen");
    double *susceptibility = NULL, *fixed = NULL;
    size_t num = 0, num_fixed = 0;
    opinions found = {.num_months = MOST_MONTHS};
    if (in == NULL)
        return NLC_OK;
    nlc_error error = nlc_case_numbers(self->one, in, "susceptibility", &susceptibility, &num);
    if (error == NLC_OK)
        error = nlc_case_numbers(self->one, in, "fixed_point", &fixed, &num_fixed);
    if (error == NLC_OK && (num != self->num_nodes || num_fixed != num))
        error = complain(self->one, "susceptibility or fixed_point has another length than x0");
    if (error == NLC_OK)
        error = group_run(self, "stubborn", self->start, susceptibility, &found);
    for (uint32_t i = 0; error == NLC_OK && i < self->num_nodes; i++)
        nlc_case_expect(self->one, nlc_case_label(label, NULL, "fixed point of stubborn node", i, NLC_NONE), last_of(&found)[i],
                        fixed[i], CLOSE);
    free(found.opinion), free(susceptibility), free(fixed);
    return error;
}

/* As many steps as the second eigenvalue asks for, or as many as there can be. */
static uint32_t months_of(const nlc_case *one)
{
    const json_t *second = json_object_get(one->root, "second_eigenvalue_modulus");
    const double modulus = json_is_number(second) ? json_number_value(second) : 1;
    const double months = modulus > 0 && modulus < 1 ? ceil(log(1e-11) / log(modulus)) : MOST_MONTHS;
    const size_t least = json_array_size(json_object_get(one->root, "first_steps"));
    return (uint32_t)fmin(fmax(fmax(months, (double)least), 1), MOST_MONTHS);
}

nlc_error nlc_verify_opinions(nlc_case *one)
{
    group self = {.one = one};
    opinions found = {.num_months = months_of(one)};
    nlc_error error = group_read(&self);
    if (error == NLC_OK)
        error = group_run(&self, "opinions", self.start, NULL, &found);
    if (error == NLC_OK) {
        check_steps(&self, &found);
        check_limit(&self, &found);
        error = check_weights(&self, found.num_months);
    }
    if (error == NLC_OK)
        error = check_stubborn(&self);
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "%u numbers of %u nodes agree within %g after %u months", one->num_checks, self.num_nodes, CLOSE,
                     found.num_months);
    free(found.opinion), free(self.weight), free(self.start);
    return error;
}
