#include "suite.h"
#include "tiny.h"

#include <math.h>
#include <string.h>

START_TEST(reads_what_the_text_says)
{
    tiny self;
    tiny_read(&self, "report_noise\t0.237\n");
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->num_months, 40);
    ck_assert_int_eq(s->start, 2023 * 12 + 6);
    ck_assert_uint_eq(s->seed, 7);
    ck_assert_uint_eq(s->replicates, 9);
    ck_assert_str_eq(s->title, "tiny");
    ck_assert_uint_eq(s->num_countries, 2);
    ck_assert_uint_eq(s->countries[0].num_agencies, 3);
    ck_assert_uint_eq(s->countries[1].first_node, 4);
    ck_assert_int_eq(s->agency_sector[1], NLC_SECTOR_SECURITY);
    ck_assert_float_eq(s->agency_weight[2], 0.6F);
    ck_assert_str_eq(s->agency_name[1], "Guards");
    ck_assert_str_eq(s->name[3], "Province");
    ck_assert_uint_eq(s->parent[0], 3);
    ck_assert_uint_eq(s->parent[3], NLC_NO_PARENT);
    ck_assert_uint_eq(s->first_child[4] - s->first_child[3], 3);
    ck_assert_uint_eq(s->child[s->first_child[3] + 1], 1);
    ck_assert_str_eq(s->tiers.text[s->tier[3]], "province");
    ck_assert(s->tier_adopts[s->tier[0]]);
    ck_assert_double_eq(s->population[1], 43000);
    ck_assert(isnan(s->population[3]));
    ck_assert_float_eq(s->lat[1], 14.25F);
    ck_assert_uint_eq(s->placed[1], 1);
    ck_assert_uint_eq(s->elected[2], 0);
    ck_assert_uint_eq(s->start_stage[2], 6);
    ck_assert_float_eq(s->line_weight[1], 0.8F);
    uint32_t role = nlc_model_attribute(s->model, "start_role");
    ck_assert_double_eq(s->attributes[role * s->num_nodes + 1], (double)0.45F);
    ck_assert(isnan(s->attributes[role * s->num_nodes]));
    ck_assert_float_eq(s->parameters[nlc_model_parameter(s->model, "report_noise")], 0.237F);
    tiny_free(&self);
}
END_TEST

START_TEST(reads_channels_by_receiver)
{
    tiny self;
    tiny_read(&self, NULL);
    const nlc_channels *peer = &self.scenario.draws[0].peer, *regional = &self.scenario.draws[0].regional;
    ck_assert_uint_eq(peer->first[5], 4);
    ck_assert_uint_eq(peer->from[peer->first[1]], 0);
    ck_assert_double_eq(peer->weight[peer->first[1]], 0.5);
    ck_assert_uint_eq(regional->first[5], 2);
    ck_assert_uint_eq(regional->from[regional->first[4]], 2);
    ck_assert_double_eq(regional->weight[regional->first[4]], (double)0.7F);
    tiny_free(&self);
}
END_TEST

static float lever(const nlc_resolved *s, uint32_t schedule, const char *name, uint32_t month)
{
    size_t row = (size_t)s->segment_of_month[month] * s->num_schedules + schedule;
    return s->levers[row * s->model->num_levers + nlc_model_lever(s->model, name)];
}

START_TEST(reads_levers_by_month)
{
    tiny self;
    tiny_read(&self, NULL);
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->num_schedules, 6);
    ck_assert_float_eq(lever(s, 3, "grant", 2), 0);
    ck_assert_float_eq(lever(s, 3, "grant", 3), 0.9F);
    ck_assert_float_eq(lever(s, 3, "grant", 12), 0.9F);
    ck_assert_float_eq(lever(s, 3, "grant", 13), 0);
    ck_assert_float_eq(lever(s, 3, "election", 20), 0.6F);
    ck_assert_float_eq(lever(s, 3, "election", 21), 0);
    ck_assert_float_eq(lever(s, 5, "nap_active", 12), 0.5F);
    ck_assert_float_eq(lever(s, 5, "nap_active", 13), 1);
    ck_assert(isinf(lever(s, 1, "slots", 40)));
    ck_assert_float_eq(lever(s, 0, "staff_turnover", 40), 0.02F);
    tiny_free(&self);
}
END_TEST

START_TEST(sorts_labels_and_classes)
{
    tiny self;
    tiny_read(&self, NULL);
    const nlc_resolved *s = &self.scenario;
    ck_assert_uint_eq(s->waves.num, 4);
    ck_assert_str_eq(s->waves.text[0], "");
    ck_assert_str_eq(s->waves.text[2], "2");
    ck_assert_str_eq(s->waves.text[3], "10");
    ck_assert_str_eq(s->tiers.text[0], "city");
    ck_assert_uint_eq(s->num_classes, 5);
    for (uint32_t k = 1; k < s->num_classes; k++)
        ck_assert(s->classes[k - 1].country <= s->classes[k].country);
    const nlc_class *class = &s->classes[s->draws[0].class_of[4]];
    ck_assert_uint_eq(class->country, 1);
    ck_assert_str_eq(s->waves.text[class->wave], "10");
    ck_assert_str_eq(s->groups.text[class->group], "south");
    ck_assert_int_eq(class->size, NLC_SIZE_SMALL);
    tiny_free(&self);
}
END_TEST

START_TEST(refuses_broken_texts)
{
    static const struct {
        const char *from, *to, *message;
    } broken[] = {
        {"start\t2023-07", "start\t2023-13", "the start must be written YYYY-MM"},
        {"months\t40", "months\t0", "this is not a resolved scenario"},
        {"names\tno", "names\tmaybe", "this word is not known here"},
        {"draws\t1", "draws\t2", "the number of network draws is not the number of their sections"},
        {"guidance_fidelity\t0.8", "guidance_fidelity\t1.8", "a number is outside its bounds"},
        {"guidance_fidelity\t0.8", "fidelity\t0.8", "another key was expected here"},
        {"guidance_fidelity\t0.8", "guidance_fidelity\tmuch", "this is not a number"},
        {"security\t0.4", "police\t0.4", "this word is not known here"},
        {"AA\tAA\tlead", "AA\tBB\tlead", "an agency must stand below the lead of its country"},
        {"AA-2\tAA\tAA-P", "AA-1\tAA\tAA-P", "two places have this id"},
        {"AA-2\tAA\tAA-P", "AA-2\tCC\tAA-P", "places must stand in the order of their countries, and a country needs its lead"},
        {"AA-2\tAA\tAA-P", "AA-2\tAA\tAA-Q", "no place has this id"},
        {"AA-2\tAA\tAA-P", "AA-2\tAA\tBB-1", "a parent must belong to the same country"},
        {"AA-2\tAA\tAA-P", "AA-2\tAA\tAA-2", "places hang from each other in a circle, or too deep"},
        {"\t43000\t", "\tmany\t", "this is not a population"},
        {"\t14.25\t", "\t94.25\t", "a number is outside its bounds"},
        {"\tengaged\t", "\tlost\t", "this word is not known here"},
        {"[places draw=0]", "[places draw=1]", "network draws must be numbered in order"},
        {"2\t4\n", "2\tx\n", "a schedule has no number"},
        {"AA-1\tpeer\tAA-2\t1", "AA-1\tfriend\tAA-2\t1", "a channel here is peer or regional"},
        {"AA-1\tpeer\tAA-2\t1", "AA-3\tpeer\tAA-2\t1", "channels must stand in order, join two places, and have a weight above 0"},
        {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-2\t0", "channels must stand in order, join two places, and have a weight above 0"},
        {"3\tbriefings\t1\t40\t6", "3\tlunches\t1\t40\t6", "the model has no such lever"},
        {"3\tbriefings\t1\t40\t6", "3\tbriefings\t9\t4\t6", "months must lie within the run, the first not behind the last"},
        {"3\tbriefings\t1\t40\t6", "3\tbriefings\t1\t40\t-6", "a lever is outside its bounds"},
        {"seed\t7", "seed\t-7", "the seed must be a whole number"},
        {"replicates\t9", "replicates\t0", "replicates must be a whole number above 0"},
        {"AA-SEC\tGuards", "AA-SEX\tGuards", "names must stand in the order of agencies and places"},
        {"BB-1\tFar\n", "BB-1\tFar\nCC\tMore\n", "nothing may follow the names"},
        {"[levers]", "[lever]", "another section was expected here"},
        {"1\t3\n1\t3", "1\t3\t1\n1\t3", "this line has another number of cells than its section asks for"},
        {"model\tnlc\t", "model\tnlc\t9", "the model, or this version of its code, is not known here"},
        {"nlcsim-resolved\t1", "nlcsim-resolved\t2", "this is not format 1 of a resolved scenario"},
        {"\tnorth\t", "\ta-label-that-is-far-too-long-to-be-of-any-use-to-anybody-who-has-to-read-it\t",
         "a label is longer than 63 bytes, or there are too many different labels"},
    };
    for (size_t k = 0; k < sizeof broken / sizeof broken[0]; k++) {
        nlc_resolved_problem problem = {0, ""};
        ck_assert_int_eq(tiny_read_changed(broken[k].from, broken[k].to, &problem), NLC_ERROR_INPUT);
        ck_assert_msg(strcmp(problem.message, broken[k].message) == 0, "'%s' for '%s'", problem.message, broken[k].to);
    }
}
END_TEST

/* The bounds of everything that has some: the last value that is read, and the first that is not (with what is
 * said then). */
static const struct {
    const char *from, *to, *message;
} bounds[] = {
    {"start\t2023-07", "start\t0001-01", NULL},
    {"start\t2023-07", "start\t9999-12", NULL},
    {"start\t2023-07", "start\t0000-01", "the start must be written YYYY-MM"},
    {"start\t2023-07", "start\t2023-00", "the start must be written YYYY-MM"},
    {"start\t2023-07", "start\t2023-7", "the start must be written YYYY-MM"},
    {"start\t2023-07", "start\t2023-071", "the start must be written YYYY-MM"},
    {"start\t2023-07", "start\t2023/07", "the start must be written YYYY-MM"},
    {"start\t2023-07", "start\t20230-7", "the start must be written YYYY-MM"},
    {"start\t2023-07\n", "start\n", "another key was expected here"},
    {"months\t40", "months\t41", NULL},
    {"months\t40", "months\t2400", NULL},
    {"months\t40", "months\t39", "months must lie within the run, the first not behind the last"},
    {"names\tno", "names\tyes", NULL},
    {"draws\t1", "draws\t0", "draws must be a whole number from 1 to 1024"},
    {"draws\t1", "draws\t1025", "draws must be a whole number from 1 to 1024"},
    {"draws\t1", "draws\t1024", "the number of network draws is not the number of their sections"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t90\t180", NULL},
    {"lead\t1\t0\t\t", "lead\t1\t0\t-90\t-180", NULL},
    {"lead\t1\t0\t\t", "lead\t1\t0\t90.5\t180", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t-90.5\t180", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t90\t180.5", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t90\t-180.5", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t1\t0\tx\t", "this is not a number"},
    {"lead\t1\t0\t\t", "lead\t1.5\t0\t\t", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t-0.5\t0\t\t", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t\t0\t\t", "a number is outside its bounds"},
    {"lead\t1\t0\t\t", "lead\t0\t0\t\t", NULL},
    {"lead\t1\t0\t\t", "lead\t1\tx\t\t", "a schedule has no number"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t", "this line has another number of cells than its section asks for"},
    {"lead\t1\t0\t\t", "lead\t1\t0\t\t\t", "this line has another number of cells than its section asks for"},
    {"schedule\tlat\tlon\nAA", "schedule\tlat\nAA", "this line has another number of cells than its section asks for"},
    {"AA\tAA\tlead", "AA\tAA\tservice", "an agency must stand below the lead of its country"},
    {"\t14.25\t121.5\t", "\t90\t180\t", NULL},
    {"\t14.25\t121.5\t", "\t-90\t-180\t", NULL},
    {"\t14.25\t121.5\t", "\t\t\t", NULL},
    {"\t14.25\t121.5\t", "\t-90.5\t180\t", "a number is outside its bounds"},
    {"\t14.25\t121.5\t", "\t90.5\t180\t", "a number is outside its bounds"},
    {"\t14.25\t121.5\t", "\t90\t-180.5\t", "a number is outside its bounds"},
    {"\t14.25\t121.5\t", "\t90\t180.5\t", "a number is outside its bounds"},
    {"\t14.25\t121.5\t", "\t90\teast\t", "this is not a number"},
    {"\tyes\t0.8\t", "\tyes\t0\t", NULL},
    {"\tyes\t0.8\t", "\tyes\t1\t", NULL},
    {"\tyes\t0.8\t", "\tyes\t1.5\t", "a number is outside its bounds"},
    {"\tyes\t0.8\t", "\tyes\t-0.5\t", "a number is outside its bounds"},
    {"\tyes\t0.8\t", "\tyes\t\t", "a number is outside its bounds"},
    {"\tyes\t0.8\t", "\tperhaps\t0.8\t", "this word is not known here"},
    {"\t0.37\t0.45\t", "\t0\t1\t", NULL},
    {"\t0.37\t0.45\t", "\t-0.5\t1\t", "a number is outside its bounds"},
    {"\t0.37\t0.45\t", "\t0.37\t1.5\t", "a number is outside its bounds"},
    {"\t0.37\t0.45\t", "\t0.37\thigh\t", "this is not a number"},
    {"\t3.5\t0.6\n", "\t120\t1\n", NULL},
    {"\t3.5\t0.6\n", "\t121\t1\n", "a number is outside its bounds"},
    {"\t3.5\t0.6\n", "\t3.5\t1.5\n", "a number is outside its bounds"},
    {"\t3.5\t0.6\n", "\t3.5\n", "this line has another number of cells than its section asks for"},
    {"\t3.5\t0.6\n", "\t3.5\t0.6\t\n", "this line has another number of cells than its section asks for"},
    {"\tstart_reliance\n", "\tstart_reliance\tmore\n", "this line has another number of cells than its section asks for"},
    {"\tstart_reliance\n", "\n", "this line has another number of cells than its section asks for"},
    {"\tlarge\telected", "\thuge\telected", "this word is not known here"},
    {"\tlarge\telected", "\t\tappointed", NULL},
    {"\tlarge\telected", "\tlarge\tborn", "this word is not known here"},
    {"\t43000\t", "\t-43000\t", "this is not a population"},
    {"\t43000\t", "\t0\t", NULL},
    {"\tengaged\t", "\tunaware\t", NULL},
    {"\tengaged\t", "\tdormant\t", NULL},
    {"\tnorth\tsmall", "\ta-label-of-63-bytes-the-longest-of-all-that-may-stand-here-01234\tsmall",
     "a label is longer than 63 bytes, or there are too many different labels"},
    {"\tnorth\tsmall", "\ta-label-of-63-bytes-the-longest-of-all-that-may-stand-here-0123\tsmall", NULL},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-1\t1", "channels must stand in order, join two places, and have a weight above 0"},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-2\t1.5", "a number is outside its bounds"},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-2\t-1", "a number is outside its bounds"},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-2\t", "channels must stand in order, join two places, and have a weight above 0"},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-9\t1", "no place has this id"},
    {"AA-1\tpeer\tAA-2\t1", "AA-9\tpeer\tAA-2\t1", "no place has this id"},
    {"AA-1\tpeer\tAA-2\t1", "AA-1\tpeer\tAA-2", "this line has another number of cells than its section asks for"},
    {"AA-2\tpeer\tAA-1\t0.5\nAA-2\tpeer\tAA-3\t1", "AA-2\tpeer\tAA-3\t1\nAA-2\tpeer\tAA-1\t0.5",
     "channels must stand in order, join two places, and have a weight above 0"},
    {"AA-2\tpeer\tAA-1\t0.5\nAA-2\tpeer\tAA-3\t1", "AA-2\tpeer\tAA-1\t0.5\nAA-2\tpeer\tAA-1\t1",
     "channels must stand in order, join two places, and have a weight above 0"},
    {"AA-1\tpeer\tAA-2\t1\nAA-2\tpeer\tAA-1\t0.5", "AA-2\tpeer\tAA-1\t0.5\nAA-1\tpeer\tAA-2\t1",
     "channels must stand in order, join two places, and have a weight above 0"},
    {"AA-3\tregional\tBB-1", "AA-3\tregional\tAA-P", NULL},
    {"to\tkind\tfrom\tweight\n", "to\tkind\tfrom\n", "this line has another number of cells than its section asks for"},
    {"[channels draw=0]", "[channels draw=1]", "network draws must be numbered in order"},
    {"[channels draw=0]", "[channels draw=]", "another section was expected here"},
    {"[channels draw=0]", "[channels draw=0", "another section was expected here"},
    {"[channels draw=0]", "[channels drew=0]", "another section was expected here"},
    {"[channels draw=0]", "[channels draw=0x", "another section was expected here"},
    {"[channels draw=0]", "[channels draw=0]\t", "this line has another number of cells than its section asks for"},
    {"wave\tschedule\n", "wave\n", "this line has another number of cells than its section asks for"},
    {"10\t4\n[", "10\t4\n10\t4\n[", "this line has another number of cells than its section asks for"},
    {"10\t4\n[", "[", "this line has another number of cells than its section asks for"},
    {"5\tslots\t1\t40\t4", "6\tslots\t1\t40\t4", "a schedule has no number"},
    {"5\tslots\t1\t40\t4", "5\tslots\t0\t40\t4", "months must lie within the run, the first not behind the last"},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t41\t4", "months must lie within the run, the first not behind the last"},
    {"5\tslots\t1\t40\t4", "5\tslots\t40\t40\t4", NULL},
    {"5\tslots\t1\t40\t4", "5\tslots\t40\t39\t4", "months must lie within the run, the first not behind the last"},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t40\t0", NULL},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t40\tunlimited", NULL},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t40\t", "a lever is outside its bounds"},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t40\tmany", "a lever is outside its bounds"},
    {"5\tslots\t1\t40\t4", "5\tslots\t1\t40", "this line has another number of cells than its section asks for"},
    {"5\tmeetings\t1\t40\t12", "5\tmeetings\t1\t40\t1000", NULL},
    {"5\tmeetings\t1\t40\t12", "5\tmeetings\t1\t40\t1001", "a lever is outside its bounds"},
    {"5\tmeetings\t1\t40\t12", "5\tmeetings\t1\t40\tunlimited", "a lever is outside its bounds"},
    {"lever\tfrom\tto\tvalue\n", "lever\tfrom\tto\n", "this line has another number of cells than its section asks for"},
    {"[run]", "[runs]", "another section was expected here"},
    {"title\ttiny", "titel\ttiny", "another key was expected here"},
    {"seed\t7", "seed\t18446744073709551615", NULL},
    {"seed\t7", "seed\t18446744073709551616", "the seed must be a whole number"},
    {"seed\t7", "seeds\t7", "the seed must be a whole number"},
    {"replicates\t9", "replicates\t1", NULL},
    {"replicates\t9", "replicates\t2147483647", NULL},
    {"replicates\t9", "replicates\t2147483648", "replicates must be a whole number above 0"},
    {"[names]\nid\tname\n", "[names]\nid\n", "this line has another number of cells than its section asks for"},
    {"[names]\nid\tname\n", "[naming]\nid\tname\n", "another section was expected here"},
    {"BB-1\tFar\n", "BB-1\tFar\tAway\n", "names must stand in the order of agencies and places"},
    {"BB-1\tFar\n", "BB-2\tFar\n", "names must stand in the order of agencies and places"},
    {"BB-1\tFar\n", "", "names must stand in the order of agencies and places"},
    {"[agencies]", "[parameters]", "this is not a resolved scenario"},
    {"[parameters]", "[parameter]", "another section was expected here"},
    {"[scenario]", "[scenarios]", "this is not a resolved scenario"},
    {"adopting\tcity\tprovince", "adopting", "another key was expected here"},
    {"adopting\tcity\tprovince", "adopting\tnobody", NULL},
    {"model\tnlc\t", "model\tnlcs\t", "the model, or this version of its code, is not known here"},
    {"model\tnlc\t", "model\tnl\t", "the model, or this version of its code, is not known here"},
};

START_TEST(reads_up_to_the_bounds)
{
    for (size_t k = 0; k < sizeof bounds / sizeof bounds[0]; k++) {
        nlc_resolved_problem problem = {0, "it is read"};
        const char *expected = bounds[k].message ? bounds[k].message : "it is read";
        nlc_error error = tiny_read_changed(bounds[k].from, bounds[k].to, &problem);
        ck_assert_msg(strcmp(problem.message, expected) == 0, "'%s' for '%s'", problem.message, bounds[k].to);
        ck_assert_int_eq(error, bounds[k].message ? NLC_ERROR_INPUT : NLC_OK);
    }
}
END_TEST

/* The line in which a text stands first. */
static uint32_t line_of(const tiny *self, const char *text)
{
    uint32_t line = 1;
    for (const char *c = self->text; c < strstr(self->text, text); c++)
        line += *c == '\n';
    return line;
}

START_TEST(says_the_line)
{
    static const char *const changes[][3] = {{"start\t2023-07", "start\t2023-13", "start\t"},
                                             {"\tsecurity\t0.4", "\tpolice\t0.4", "AA-SEC\t"},
                                             {"\t43000\t", "\tmany\t", "AA-2\tAA\t"},
                                             {"AA\tAA-P\tcity\tnorth\tlarge", "AA\tAA-Q\tcity\tnorth\tlarge", "AA-2\tAA\t"},
                                             {"BB-1\tregional\tAA-3\t0.7", "BB-1\tregional\tAA-3\t0", "BB-1\tregional"},
                                             {"3\tgrant\t3", "3\tgrants\t3", "3\tgrant\t3"},
                                             {"AA-3\tThree", "AA-4\tThree", "AA-3\tThree"}};
    tiny self;
    tiny_read(&self, NULL);
    for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++) {
        nlc_resolved_problem problem = {0, ""};
        ck_assert_int_eq(tiny_read_changed(changes[k][0], changes[k][1], &problem), NLC_ERROR_INPUT);
        ck_assert_msg(problem.line == line_of(&self, changes[k][2]), "line %u for '%s'", problem.line, changes[k][1]);
    }
    tiny_free(&self);
}
END_TEST

/* A NUL would end a label for strcmp and not for its length. */
START_TEST(refuses_a_nul)
{
    tiny self;
    tiny_read(&self, NULL);
    char *at = strstr(self.text, "\tnorth\t");
    at[3] = '\0';
    nlc_resolved_problem problem;
    nlc_resolved scenario;
    ck_assert_int_eq(nlc_resolved_read(self.text, self.length, nlc_models(), self.memory, &scenario, &problem), NLC_ERROR_INPUT);
    tiny_free(&self);
}
END_TEST

/* A text that was cut anywhere is refused, and read within its memory. */
START_TEST(refuses_every_cut)
{
    tiny self;
    tiny_read(&self, NULL);
    for (size_t length = 0; length < self.length; length += 3) {
        nlc_resolved_problem problem;
        nlc_resolved scenario;
        ck_assert_uint_le(nlc_resolved_size(self.text, length, nlc_models()),
                          nlc_resolved_size(self.text, self.length, nlc_models()));
        ck_assert_int_ne(nlc_resolved_read(self.text, length, nlc_models(), self.memory, &scenario, &problem), NLC_OK);
    }
    tiny_free(&self);
}
END_TEST

RUN_SUITE("resolved", reads_what_the_text_says, reads_channels_by_receiver, reads_levers_by_month, sorts_labels_and_classes,
          refuses_broken_texts, reads_up_to_the_bounds, says_the_line, refuses_a_nul, refuses_every_cut)
