/* How many of each there may be in a resolved scenario: the last number that is read, and one more. */
#include "resolved_text.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Place i has tier i mod tiers, and so on; `depth` places of the first hang from each other. */
typedef struct {
    uint32_t nodes, tiers, groups, waves, depth;
} shape;

typedef struct {
    char *text, *at;
    void *memory;
    nlc_resolved scenario;
} setting;

static const nlc_model *model_named(const char *name)
{
    const nlc_model *const *model = nlc_models();
    while (strcmp((*model)->name, name) != 0)
        model++;
    return *model;
}

static void put_nodes(setting *self, const nlc_model *model, const shape *given)
{
    self->at += sprintf(self->at, "[nodes]\nid\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced"
                                  "\tline_weight");
    for (uint32_t k = 0; k < model->num_attributes; k++)
        self->at += sprintf(self->at, "\ta");
    for (uint32_t i = 0; i < given->nodes; i++) {
        self->at += sprintf(self->at, "\n%u\tL\t", (unsigned)i);
        self->at += i > 0 && i < given->depth ? sprintf(self->at, "%u", (unsigned)i - 1) : sprintf(self->at, "L");
        self->at +=
            sprintf(self->at, "\tt%u\tg%u\t\telected\t\t\t\t\tno\t1", (unsigned)(i % given->tiers), (unsigned)(i % given->groups));
        for (uint32_t k = 0; k < model->num_attributes; k++)
            self->at += sprintf(self->at, "\t");
    }
}

static void write_text(setting *self, const shape *given)
{
    const nlc_model *model = model_named("degroot");
    self->at = self->text = malloc(200000 + 120 * (size_t)given->nodes);
    self->at += sprintf(self->at,
                        "nlcsim-resolved\t1\n[scenario]\nmodel\tdegroot\t%u\nstart\t2023-07\nmonths\t3\nadopting\tt0\nnames\tno\n"
                        "draws\t1\n[parameters]\n",
                        (unsigned)model->code_version);
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        char value[NLC_NUMBER_LENGTH + 1];
        value[nlc_number_write(model->parameters[k].value, value)] = '\0';
        self->at += sprintf(self->at, "%s\t%s\n", model->parameters[k].name, value);
    }
    self->at += sprintf(self->at, "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\nL\tL\tlead\t1\t0\t\t\n");
    put_nodes(self, model, given);
    self->at += sprintf(self->at, "\n[places draw=0]\nwave\tschedule\n");
    for (uint32_t i = 0; i < given->nodes; i++)
        self->at += sprintf(self->at, "w%u\t0\n", (unsigned)(i / given->groups % given->waves));
    self->at += sprintf(self->at, "[channels draw=0]\nto\tkind\tfrom\tweight\n[levers]\nschedule\tlever\tfrom\tto\tvalue\n"
                                  "[run]\ntitle\tx\nseed\t7\nreplicates\t9\n[names]\nid\tname\nL\tL\n");
    for (uint32_t i = 0; i < given->nodes; i++)
        self->at += sprintf(self->at, "%u\tx\n", (unsigned)i);
}

/* What is said of a text of this shape, or "". */
static const char *message_of(setting *self, const shape *given)
{
    nlc_resolved_problem problem = {0, "?"};
    write_text(self, given);
    const size_t length = (size_t)(self->at - self->text), size = nlc_resolved_size(self->text, length, nlc_models());
    self->memory = aligned_alloc(64, (size + 64) / 64 * 64);
    memset(self->memory, 0xA5, size);
    nlc_error error = nlc_resolved_read(self->text, length, nlc_models(), self->memory, &self->scenario, &problem);
    return error == NLC_OK ? "" : problem.message;
}

static void tear_down(setting *self)
{
    free(self->text);
    free(self->memory);
}

static void expect(const shape *given, const char *message)
{
    setting self;
    ck_assert_str_eq(message_of(&self, given), message);
    tear_down(&self);
}

START_TEST(counts_labels_to_their_limit)
{
    static const char too_many[] = "a label is longer than 63 bytes, or there are too many different labels";
    expect(&(shape){NLC_MAX_TIERS, NLC_MAX_TIERS, 1, 1, 0}, "");
    expect(&(shape){NLC_MAX_TIERS + 1, NLC_MAX_TIERS + 1, 1, 1, 0}, too_many);
    /* The empty label is one of them. */
    expect(&(shape){NLC_MAX_LABELS - 1, 1, NLC_MAX_LABELS - 1, 1, 0}, "");
    expect(&(shape){NLC_MAX_LABELS, 1, NLC_MAX_LABELS, 1, 0}, too_many);
    expect(&(shape){NLC_MAX_LABELS - 1, 1, 1, NLC_MAX_LABELS - 1, 0}, "");
    expect(&(shape){NLC_MAX_LABELS, 1, 1, NLC_MAX_LABELS, 0}, too_many);
}
END_TEST

START_TEST(lets_places_hang_as_deep_as_there_are_tiers)
{
    expect(&(shape){70, 1, 1, 1, NLC_MAX_TIERS + 1}, "");
    expect(&(shape){70, 1, 1, 1, NLC_MAX_TIERS + 2}, "places hang from each other in a circle, or too deep");
}
END_TEST

START_TEST(counts_classes_to_their_limit)
{
    setting self;
    ck_assert_str_eq(message_of(&self, &(shape){NLC_MAX_CLASSES, 2, 1000, 1000, 0}), "");
    ck_assert_uint_eq(self.scenario.num_classes, NLC_MAX_CLASSES);
    for (uint32_t i = 0; i < NLC_MAX_CLASSES; i++) {
        const nlc_class *class = &self.scenario.classes[self.scenario.draws[0].class_of[i]];
        ck_assert_uint_eq(class->group, self.scenario.group[i]);
        ck_assert_uint_eq(class->wave, self.scenario.draws[0].wave[i]);
    }
    tear_down(&self);
    expect(&(shape){NLC_MAX_CLASSES + 1, 2, 1000, 1000, 0},
           "there are more than 16384 sets of country, tier, wave, group and size");
    /* More places than classes. */
    expect(&(shape){NLC_MAX_CLASSES + 1000, 2, 100, 7, 0}, "");
}
END_TEST

RUN_SUITE("resolved, limits", counts_labels_to_their_limit, lets_places_hang_as_deep_as_there_are_tiers,
          counts_classes_to_their_limit)
