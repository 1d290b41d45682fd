/* Monotone coupling: with unlimited slots, every report answered, no waves, stages held and no
 * election, more of any event lever never lowers A, R, C or T at any place, draw for draw. */
#include "nlcsim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    nlc_text text;
    void *memory;
    nlc_resolved scenario;
    nlc_point point;
    void *batch_memory;
    nlc_batch *batch;
} setting;

#define LANES 8

static const char *const held[] = {
    "slots=unlimited",  "responsiveness=1",      "election=0",         "grant=0",   "drafting_support=0",
    "role_threshold=1", "awareness_threshold=1", "awareness_spread=0", "mandate=0", "scenario.months=48",
};
#define NUM_HELD (sizeof held / sizeof held[0])

static void open_setting(setting *self, const char *folder, const char *change)
{
    const char *settings[NUM_HELD + 1];
    nlc_text problems = {0};
    nlc_resolved_problem problem;
    memset(self, 0, sizeof *self);
    memcpy(settings, held, sizeof held);
    settings[NUM_HELD] = change;
    if (nlc_scenario_resolve(folder, settings, NUM_HELD + (change != NULL), &self->text, &problems) != NLC_OK) {
        fprintf(stderr, "%s", problems.data);
        exit(1);
    }
    nlc_text_free(&problems);
    size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    if (nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->scenario, &problem) != NLC_OK)
        exit(1);
    const nlc_kernel *kernel = nlc_kernel_for(self->scenario.model, LANES);
    nlc_lane lanes[LANES];
    self->point = (nlc_point){self->scenario.parameters, self->scenario.levers};
    self->batch_memory = aligned_alloc(64, nlc_batch_size(&self->scenario, kernel));
    self->batch = nlc_batch_init(self->batch_memory, &self->scenario, kernel);
    for (uint32_t l = 0; l < LANES; l++)
        lanes[l] = (nlc_lane){&self->point, l};
    nlc_batch_reset(self->batch, 0, 7, lanes, LANES);
}

static void close_setting(setting *self)
{
    nlc_text_free(&self->text);
    free(self->memory);
    free(self->batch_memory);
}

/* Rounding may turn a tie around by a unit in the last place. */
static bool not_lower(const setting *more, const setting *less, uint32_t field, double *raised)
{
    for (uint32_t i = 0; i < more->scenario.num_nodes; i++) {
        for (uint32_t l = 0; l < LANES; l++) {
            double difference = nlc_batch_field(more->batch, i, field, l) - nlc_batch_field(less->batch, i, field, l);
            if (difference < -1e-6)
                return false;
            *raised += difference;
        }
    }
    return true;
}

static bool is_monotone(const char *folder, const char *lever)
{
    char change[64];
    setting less, more;
    bool monotone = true;
    double raised = 0;
    snprintf(change, sizeof change, "%s+=3", lever);
    open_setting(&less, folder, NULL);
    open_setting(&more, folder, change);
    static const char *const fields[] = {"awareness", "role", "capacity", "trust"};
    while (!nlc_batch_is_done(less.batch)) {
        nlc_batch_step(less.batch);
        nlc_batch_step(more.batch);
        for (uint32_t k = 0; k < 4; k++) {
            uint32_t field = 0;
            while (strcmp(less.scenario.model->fields[field].name, fields[k]) != 0)
                field++;
            monotone = not_lower(&more, &less, field, &raised) && monotone;
        }
    }
    printf("%s more %s never lowers A, R, C or T (raised by %.1f in all)\n", monotone && raised > 0 ? "ok    " : "FAILED", lever,
           raised);
    close_setting(&less);
    close_setting(&more);
    return monotone && raised > 0;
}

int main(int argc, char **argv)
{
    static const char *const levers[] = {"briefings", "meetings", "dialogues", "trainings", "peer_exchanges"};
    bool all = argc == 2;
    for (size_t k = 0; argc == 2 && k < sizeof levers / sizeof levers[0]; k++)
        all = is_monotone(argv[1], levers[k]) && all;
    return all ? 0 : 1;
}
