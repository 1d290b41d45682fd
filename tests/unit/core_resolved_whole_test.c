/* A scenario of thousands of places, written here and read back: every number and name stands where it
 * should, and nothing is written beside the memory that was asked for. */
#include "resolved_text.h"
#include "suite.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTRIES = 3, NODES = 2400, EACH = NODES / COUNTRIES, DRAWS = 2, SCHEDULES = 5, MONTHS = 32, GUARD = 256 };

/* In the order that the engine has to find: "", whole numbers by size, the others by their bytes. */
static const char *const labels[] = {"", "2", "9", "07", "10", "123", "1a", "North", "a", "b c", "\xC3\xB1"};
static const char *const sizes[] = {"", "small", "large"}, *const tiers[] = {"city", "district", "province"};
#define NUM_LABELS (sizeof labels / sizeof labels[0])

typedef struct {
    char *text, *at;
    void *memory;
    size_t size;
    nlc_resolved scenario;
} setting;

static void put(setting *self, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    self->at += vsprintf(self->at, format, list);
    va_end(list);
}

/* Numbers that follow from where they stand, below `below`. */
static uint32_t pick(uint32_t i, uint32_t what, uint32_t below)
{
    return (uint32_t)(nlc_mix((uint64_t)i << 16 | what) % below);
}

enum { GROUP, WAVE, SIZE = WAVE + DRAWS, HEAD, STAGE, POPULATION, PLACE, PLACED, LINE, PARENT, SCHEDULE, PEER = SCHEDULE + DRAWS };
enum { ATTRIBUTE = PEER + 100, LEVER = ATTRIBUTE + 100 };

/* Every third place hangs from its lead; the others from any place of the tier above, before or behind. */
static uint32_t parent_of(uint32_t i)
{
    uint32_t country = i / EACH, level = i % EACH % 3;
    return level == 0 ? NLC_NO_PARENT : country * EACH + pick(i, PARENT, EACH / 3) * 3 + level - 1;
}

static uint32_t tier_of(uint32_t i)
{
    return 2 - i % EACH % 3;
}

/* Each kind of channel goes to every fifth place, from two others. */
static uint32_t sender_of(uint32_t i, uint32_t draw, uint32_t kind, uint32_t k)
{
    uint32_t first = 1 + pick(i, PEER + draw * 4 + kind * 2, 400),
             second = first + 1 + pick(i, PEER + draw * 4 + kind * 2 + 1, 400);
    uint32_t a = (i + first) % NODES, b = (i + second) % NODES;
    return (k == 0) == (a < b) ? a : b;
}

static bool has_channels(uint32_t i, uint32_t kind)
{
    return pick(i, PEER + 50 + kind, 5) == 0;
}

static unsigned weight_of(uint32_t i, uint32_t kind, uint32_t k)
{
    return 1 + pick(i, PEER + 60 + kind * 2 + k, 8);
}

static float eighth(uint32_t i, uint32_t what, uint32_t below)
{
    return (float)pick(i, what, below) / 8;
}

static void put_number(setting *self, double value, bool given)
{
    char digits[NLC_NUMBER_LENGTH];
    put(self, "\t%.*s", given ? (int)nlc_number_write((float)value, digits) : 0, digits);
}

static bool has_attribute(uint32_t i, uint32_t k)
{
    return pick(i, ATTRIBUTE + 50 + k, 2) == 1;
}

static void put_node(setting *self, const nlc_model *model, uint32_t i)
{
    uint32_t parent = parent_of(i), stage = pick(i, STAGE, model->num_stages + 1);
    put(self, "%u-%u\tL%u\t", (unsigned)(i / EACH), (unsigned)i, (unsigned)(i / EACH));
    put(self, parent == NLC_NO_PARENT ? "L%u" : "%u-%u", (unsigned)(i / EACH), (unsigned)parent);
    put(self, "\t%s\t%s\t%s\t%s\t%s\t", tiers[tier_of(i)], labels[pick(i, GROUP, NUM_LABELS)], sizes[pick(i, SIZE, 3)],
        pick(i, HEAD, 2) ? "elected" : "appointed", stage ? model->stages[stage - 1] : "");
    if (pick(i, POPULATION, 4))
        put(self, "%u", (unsigned)pick(i, POPULATION + 1, 3000000));
    put_number(self, (double)eighth(i, PLACE, 1440) - 90, pick(i, PLACE, 3) > 0);
    put_number(self, (double)eighth(i, PLACE + 1, 2880) - 180, pick(i, PLACE, 3) > 0);
    put(self, "\t%s", pick(i, PLACED, 2) ? "yes" : "no");
    put_number(self, (double)(eighth(i, LINE, 9)), true);
    for (uint32_t k = 0; k < model->num_attributes; k++)
        put_number(self, (double)(eighth(i, ATTRIBUTE + k, 9)), has_attribute(i, k));
    put(self, "\n");
}

static void put_draw(setting *self, uint32_t draw)
{
    static const char *const kinds[] = {"peer", "regional"};
    put(self, "[places draw=%u]\nwave\tschedule\n", (unsigned)draw);
    for (uint32_t i = 0; i < NODES; i++)
        put(self, "%s\t%u\n", labels[pick(i, WAVE + draw, NUM_LABELS)], (unsigned)pick(i, SCHEDULE + draw, SCHEDULES));
    put(self, "[channels draw=%u]\nto\tkind\tfrom\tweight\n", (unsigned)draw);
    for (uint32_t i = 0; i < NODES; i++) {
        for (uint32_t k = 0; k < 4; k++) {
            uint32_t from = sender_of(i, draw, k / 2, k % 2);
            if (has_channels(i, k / 2))
                put(self, "%u-%u\t%s\t%u-%u\t0.%u\n", (unsigned)(i / EACH), (unsigned)i, kinds[k / 2], (unsigned)(from / EACH),
                    (unsigned)from, weight_of(i, k / 2, k % 2));
        }
    }
}

/* Levers of month t: each schedule has one that changes in its own months. */
static float slots_in(uint32_t schedule, uint32_t month)
{
    uint32_t from = 1 + pick(schedule, LEVER, MONTHS), to = from + pick(schedule, LEVER + 1, MONTHS + 1 - from);
    return month >= from && month <= to ? 1.5F + (float)schedule : 0.0F;
}

static void put_levers(setting *self)
{
    put(self, "[levers]\nschedule\tlever\tfrom\tto\tvalue\n");
    for (uint32_t schedule = 0; schedule < SCHEDULES; schedule++) {
        uint32_t from = 1;
        while (slots_in(schedule, from) <= 0)
            from++;
        uint32_t to = from;
        while (to < MONTHS && slots_in(schedule, to + 1) > 0)
            to++;
        put(self, "%u\tslots\t%u\t%u\t%u.5\n", (unsigned)schedule, (unsigned)from, (unsigned)to, (unsigned)schedule + 1);
    }
}

static void put_names(setting *self)
{
    put(self, "[run]\ntitle\tmany places\nseed\t18446744073709551615\nreplicates\t2147483647\n[names]\nid\tname\n");
    for (uint32_t c = 0; c < COUNTRIES; c++)
        put(self, "L%u\tLand %u\nS%u\tGuards %u\n", (unsigned)c, (unsigned)c, (unsigned)c, (unsigned)c);
    for (uint32_t i = 0; i < NODES; i++)
        put(self, "%u-%u\tPlace %u\n", (unsigned)(i / EACH), (unsigned)i, (unsigned)i);
}

static void write_text(setting *self, const nlc_model *model)
{
    self->at = self->text = malloc(2000000);
    put(self, "nlcsim-resolved\t1\n[scenario]\nmodel\t%s\t%u\nstart\t1987-12\nmonths\t%u\nadopting\tcity\tprovince\n", model->name,
        (unsigned)model->code_version, (unsigned)MONTHS);
    put(self, "names\tyes\ndraws\t%u\n[parameters]\n", (unsigned)DRAWS);
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        put(self, "%s", model->parameters[k].name);
        put_number(self, (double)(k % 2 ? model->parameters[k].low : model->parameters[k].high), true);
        put(self, "\n");
    }
    put(self, "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\n");
    for (uint32_t c = 0; c < COUNTRIES; c++)
        put(self, "L%u\tL%u\tlead\t1\t%u\t-90\t180\nS%u\tL%u\tsecurity\t0.%u\t4\t\t\n", (unsigned)c, (unsigned)c, (unsigned)c,
            (unsigned)c, (unsigned)c, (unsigned)c);
    put(self, "[nodes]\nid\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_weight");
    for (uint32_t k = 0; k < model->num_attributes; k++)
        put(self, "\t%s", model->attributes[k].name);
    put(self, "\n");
    for (uint32_t i = 0; i < NODES; i++)
        put_node(self, model, i);
    for (uint32_t draw = 0; draw < DRAWS; draw++)
        put_draw(self, draw);
    put_levers(self);
    put_names(self);
}

/* So that memory which nobody has set does not happen to be zero. */
static void dirty_stack(void)
{
    volatile unsigned char bytes[100000];
    for (size_t k = 0; k < sizeof bytes; k++)
        bytes[k] = 0xA5;
}

static void set_up(setting *self)
{
    nlc_resolved_problem problem = {0, ""};
    write_text(self, nlc_models()[0]);
    size_t length = (size_t)(self->at - self->text);
    self->size = nlc_resolved_size(self->text, length, nlc_models());
    self->memory = aligned_alloc(64, (self->size + GUARD + 63) / 64 * 64);
    memset(self->memory, 0xA5, self->size + GUARD);
    dirty_stack();
    nlc_error error = nlc_resolved_read(self->text, length, nlc_models(), self->memory, &self->scenario, &problem);
    ck_assert_msg(error == NLC_OK, "line %u: %s", problem.line, problem.message);
}

static void tear_down(setting *self)
{
    free(self->text);
    free(self->memory);
}

static bool same(double found, double expected, bool given)
{
    return given ? found == expected : isnan(found);
}

static void check_node(const nlc_resolved *s, uint32_t i)
{
    char id[24];
    sprintf(id, "%u-%u", (unsigned)(i / EACH), (unsigned)i);
    ck_assert_str_eq(s->id[i], id);
    ck_assert_uint_eq(s->key[i], nlc_hash(id, strlen(id)));
    sprintf(id, "Place %u", (unsigned)i);
    ck_assert_str_eq(s->name[i], id);
    ck_assert_uint_eq(s->country[i], i / EACH);
    ck_assert_uint_eq(s->parent[i], parent_of(i));
    ck_assert_str_eq(s->tiers.text[s->tier[i]], tiers[tier_of(i)]);
    ck_assert_uint_eq(s->group[i], pick(i, GROUP, NUM_LABELS));
    ck_assert_uint_eq(s->size[i], pick(i, SIZE, 3));
    ck_assert_uint_eq(s->elected[i], pick(i, HEAD, 2));
    ck_assert_uint_eq(s->start_stage[i], pick(i, STAGE, s->model->num_stages + 1));
    ck_assert_uint_eq(s->placed[i], pick(i, PLACED, 2));
    ck_assert(same(s->population[i], pick(i, POPULATION + 1, 3000000), pick(i, POPULATION, 4) > 0));
    ck_assert(same((double)s->lat[i], (double)eighth(i, PLACE, 1440) - 90, pick(i, PLACE, 3) > 0));
    ck_assert(same((double)s->lon[i], (double)eighth(i, PLACE + 1, 2880) - 180, pick(i, PLACE, 3) > 0));
    ck_assert_float_eq(s->line_weight[i], eighth(i, LINE, 9));
    for (uint32_t k = 0; k < s->model->num_attributes; k++)
        ck_assert(same(s->attributes[k * NODES + i], (double)eighth(i, ATTRIBUTE + k, 9), has_attribute(i, k)));
}

START_TEST(reads_every_place)
{
    setting self;
    set_up(&self);
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->num_nodes, NODES);
    for (uint32_t i = 0; i < NODES; i++)
        check_node(s, i);
    for (uint32_t k = 0; k < NUM_LABELS; k++) {
        ck_assert_str_eq(s->groups.text[k], labels[k]);
        ck_assert_str_eq(s->waves.text[k], labels[k]);
    }
    ck_assert_uint_eq(s->num_tiers, 3);
    for (uint32_t k = 0; k < 3; k++) {
        ck_assert_str_eq(s->tiers.text[k], tiers[k]);
        ck_assert_uint_eq(s->tier_adopts[k], k != 1);
    }
    tear_down(&self);
}
END_TEST

START_TEST(reads_countries_and_the_run)
{
    setting self;
    set_up(&self);
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->num_countries, COUNTRIES);
    ck_assert_uint_eq(s->num_agencies, 2 * COUNTRIES);
    for (uint32_t c = 0; c < COUNTRIES; c++) {
        char id[8] = {'S', (char)('0' + c), '\0'}, name[12] = {'L', 'a', 'n', 'd', ' ', (char)('0' + c), '\0'};
        const nlc_country *country = &s->countries[c];
        ck_assert(country->first_node == c * EACH && country->num_nodes == EACH);
        ck_assert(country->first_agency == 2 * c && country->num_agencies == 2);
        ck_assert_str_eq(s->agency_id[2 * c + 1], id);
        ck_assert_uint_eq(s->agency_key[2 * c + 1], nlc_hash(id, 2));
        ck_assert_str_eq(s->agency_name[2 * c], name);
        ck_assert_uint_eq(s->agency_country[2 * c + 1], c);
        ck_assert(s->agency_sector[2 * c] == NLC_SECTOR_LEAD && s->agency_sector[2 * c + 1] == NLC_SECTOR_SECURITY);
        ck_assert_uint_eq(s->agency_schedule[2 * c], c);
        ck_assert_uint_eq(s->agency_schedule[2 * c + 1], 4);
        ck_assert_float_eq(s->agency_weight[2 * c], 1);
        ck_assert_float_eq(s->agency_weight[2 * c + 1], (float)c / 10);
        ck_assert(s->agency_lat[2 * c] == -90 && s->agency_lon[2 * c] == 180);
        ck_assert(isnan(s->agency_lat[2 * c + 1]) && isnan(s->agency_lon[2 * c + 1]));
    }
    ck_assert_int_eq(s->start, 1987 * 12 + 11);
    ck_assert(s->names && s->seed == UINT64_MAX && s->replicates == 2147483647);
    ck_assert_str_eq(s->title, "many places");
    for (uint32_t k = 0; k < s->model->num_parameters; k++)
        ck_assert_float_eq(s->parameters[k], k % 2 ? s->model->parameters[k].low : s->model->parameters[k].high);
    tear_down(&self);
}
END_TEST

START_TEST(lists_the_children_of_every_place)
{
    setting self;
    set_up(&self);
    const nlc_resolved *s = &self.scenario;
    uint32_t at = 0;
    for (uint32_t i = 0; i < NODES; i++) {
        ck_assert_uint_eq(s->first_child[i], at);
        for (uint32_t child = 0; child < NODES; child++)
            if (parent_of(child) == i)
                ck_assert_uint_eq(s->child[at++], child);
    }
    ck_assert_uint_eq(s->first_child[NODES], at);
    ck_assert_uint_eq(at, COUNTRIES * (EACH * 2 / 3));
    tear_down(&self);
}
END_TEST

static void check_channels(const nlc_channels *channels, uint32_t draw, uint32_t kind)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < NODES; i++) {
        ck_assert_uint_eq(channels->first[i], at);
        for (uint32_t k = 0; k < 2 && has_channels(i, kind); k++, at++) {
            ck_assert_uint_eq(channels->from[at], sender_of(i, draw, kind, k));
            ck_assert_double_eq(channels->weight[at], (double)((float)weight_of(i, kind, k) / 10));
        }
    }
    ck_assert_uint_eq(channels->first[NODES], at);
}

static bool class_is(const nlc_resolved *s, uint32_t draw, uint32_t i)
{
    const nlc_class *class = &s->classes[s->draws[draw].class_of[i]];
    return class->country == i / EACH && class->tier == tier_of(i) && class->wave == pick(i, WAVE + draw, NUM_LABELS) &&
           class->group == pick(i, GROUP, NUM_LABELS) && class->size == (nlc_size)pick(i, SIZE, 3);
}

/* Positive where b stands behind a. */
static int order(const nlc_class *a, const nlc_class *b)
{
    const uint32_t members[][2] = {{a->country, b->country}, {a->tier, b->tier}, {a->wave, b->wave}, {a->group, b->group}};
    for (size_t k = 0; k < 4; k++)
        if (members[k][0] != members[k][1])
            return members[k][0] < members[k][1] ? 1 : -1;
    return (int)b->size - (int)a->size;
}

START_TEST(reads_both_draws)
{
    setting self;
    set_up(&self);
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->num_draws, DRAWS);
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        check_channels(&s->draws[draw].peer, draw, 0);
        check_channels(&s->draws[draw].regional, draw, 1);
        for (uint32_t i = 0; i < NODES; i++) {
            ck_assert_uint_eq(s->draws[draw].wave[i], pick(i, WAVE + draw, NUM_LABELS));
            ck_assert_uint_eq(s->draws[draw].schedule[i], pick(i, SCHEDULE + draw, SCHEDULES));
            ck_assert_msg(class_is(s, draw, i), "class of place %u", i);
        }
    }
    ck_assert_uint_gt(s->num_classes, NODES / 3);
    for (uint32_t k = 1; k < s->num_classes; k++)
        ck_assert_int_gt(order(&s->classes[k - 1], &s->classes[k]), 0);
    tear_down(&self);
}
END_TEST

START_TEST(reads_levers_of_every_month)
{
    setting self;
    set_up(&self);
    const nlc_resolved *s = &self.scenario;
    uint32_t slots = nlc_model_lever(s->model, "slots"), changes = 0;
    ck_assert_uint_eq(s->num_schedules, SCHEDULES);
    for (uint32_t t = 1; t <= MONTHS; t++) {
        bool changed = false;
        for (uint32_t schedule = 0; schedule < SCHEDULES; schedule++) {
            size_t row = (size_t)s->segment_of_month[t] * SCHEDULES + schedule;
            changed |= t > 1 && slots_in(schedule, t) != slots_in(schedule, t - 1);
            for (uint32_t k = 0; k < s->model->num_levers; k++)
                ck_assert_float_eq(s->levers[row * s->model->num_levers + k],
                                   k == slots ? slots_in(schedule, t) : s->model->levers[k].value);
        }
        changes += changed;
        ck_assert_uint_eq(s->segment_of_month[t], changes);
    }
    ck_assert_uint_eq(s->num_segments, changes + 1);
    tear_down(&self);
}
END_TEST

START_TEST(stays_within_its_memory)
{
    setting self;
    set_up(&self);
    const unsigned char *behind = (const unsigned char *)self.memory + self.size;
    for (size_t k = 0; k < GUARD; k++)
        ck_assert_msg(behind[k] == 0xA5, "byte %u behind the memory is written", (unsigned)k);
    const void *const starts[] = {self.scenario.countries, self.scenario.key, self.scenario.population, self.scenario.levers};
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++)
        ck_assert_uint_eq((uintptr_t)starts[k] % 64, 0);
    /* Less than twice what the arrays hold, beside the table of ids and the room for labels. */
    ck_assert_uint_lt(self.size, 2 * (size_t)(self.at - self.text) + 32768 * 4 + (64 + 2 * 1024) * 64 + 16384 * 20);
    tear_down(&self);
}
END_TEST

RUN_SUITE("resolved, whole", reads_every_place, reads_countries_and_the_run, lists_the_children_of_every_place, reads_both_draws,
          reads_levers_of_every_month, stays_within_its_memory)
