/* Lines and cells of a resolved text, whole numbers, and what the first pass counts. */
#include "resolved_text.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

START_TEST(splits_lines_at_tabs)
{
    static const char text[] = "one\ttwo\t\n\n\tx\n[last";
    nlc_lines lines = nlc_lines_of(text, sizeof text - 1);
    ck_assert_uint_eq(lines.line, 0);
    ck_assert_uint_eq(lines.num_cells, 0);
    ck_assert(!nlc_lines_at_section(&lines));
    ck_assert(nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.line, 1);
    ck_assert_uint_eq(lines.num_cells, 3);
    ck_assert(nlc_cell_is(&lines.cell[0], "one") && nlc_cell_is(&lines.cell[1], "two") && nlc_cell_is(&lines.cell[2], ""));
    ck_assert(!nlc_cell_is(&lines.cell[0], "on") && !nlc_cell_is(&lines.cell[0], "ones") && !nlc_cell_is(&lines.cell[0], "onf"));
    ck_assert(nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.num_cells, 1);
    ck_assert_uint_eq(lines.cell[0].length, 0);
    ck_assert(nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.line, 3);
    ck_assert_uint_eq(lines.num_cells, 2);
    ck_assert(nlc_cell_is(&lines.cell[1], "x"));
    ck_assert(nlc_lines_at_section(&lines));
    /* The last line has no end. */
    ck_assert(!nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.num_cells, 0);
    ck_assert(lines.at < lines.end);
}
END_TEST

START_TEST(ends_where_the_text_does)
{
    nlc_lines lines = nlc_lines_of("a\n", 2);
    ck_assert(nlc_lines_next(&lines));
    ck_assert(lines.at == lines.end);
    ck_assert(nlc_lines_at_section(&lines));
    ck_assert(!nlc_lines_next(&lines));
    lines = nlc_lines_of("a\tb\0c\nd\n", 8);
    ck_assert(!nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.num_cells, 0);
}
END_TEST

START_TEST(holds_as_many_cells_as_there_is_room)
{
    char text[NLC_MAX_CELLS + 3];
    memset(text, '\t', sizeof text);
    text[NLC_MAX_CELLS - 1] = '\n';
    nlc_lines lines = nlc_lines_of(text, NLC_MAX_CELLS);
    ck_assert(nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.num_cells, NLC_MAX_CELLS);
    text[NLC_MAX_CELLS - 1] = '\t';
    text[NLC_MAX_CELLS] = '\n';
    lines = nlc_lines_of(text, NLC_MAX_CELLS + 1);
    ck_assert(!nlc_lines_next(&lines));
    ck_assert_uint_eq(lines.num_cells, 0);
}
END_TEST

static bool whole(const char *text, uint64_t low, uint64_t high, uint64_t *value)
{
    const nlc_cell cell = {text, strlen(text)};
    *value = 237;
    return nlc_cell_whole(&cell, low, high, value);
}

START_TEST(reads_whole_numbers)
{
    uint64_t value;
    ck_assert(whole("0", 0, 0, &value) && value == 0);
    ck_assert(whole("9", 9, 9, &value) && value == 9);
    ck_assert(whole("1000", 1000, 2000, &value) && value == 1000);
    ck_assert(whole("18446744073709551615", 0, UINT64_MAX, &value) && value == UINT64_MAX);
    ck_assert(whole("00000000000000000012", 0, 12, &value) && value == 12);
    ck_assert(!whole("18446744073709551616", 0, UINT64_MAX, &value));
    ck_assert(!whole("18446744073709551625", 0, UINT64_MAX, &value));
    ck_assert(!whole("28446744073709551615", 0, UINT64_MAX, &value));
    ck_assert(!whole("000000000000000000012", 0, UINT64_MAX, &value));
    ck_assert(!whole("", 0, UINT64_MAX, &value));
    ck_assert(!whole("1999", 1000, 1998, &value) && !whole("999", 1000, 2000, &value));
    ck_assert(!whole("/", 0, UINT64_MAX, &value) && !whole(":", 0, UINT64_MAX, &value));
    ck_assert(!whole("1 ", 0, UINT64_MAX, &value) && !whole("-1", 0, UINT64_MAX, &value) && !whole("1x", 0, UINT64_MAX, &value));
}
END_TEST

static const char text[] =
    "nlcsim-resolved\t1\n[scenario]\nmodel\tnlc\t1\nmonths\t12\n[parameters]\np\t1\n"
    "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\nL\tL\tlead\t1\t2\t\t\n"
    "[nodes]\nid\tcountry\nL-1\tL\nL-22\tL\nL-333\tL\n"
    "[places draw=0]\nwave\tschedule\n\t0\n\t4\n\t1\n[channels draw=0]\nto\tkind\tfrom\tweight\nL-1\tpeer\tL-22\t1\n"
    "[places draw=1]\nwave\tschedule\n\t0\n\t3\n\t1\n[channels draw=1]\nto\tkind\tfrom\tweight\n"
    "[levers]\nschedule\tlever\tfrom\tto\tvalue\n0\tslots\t1\t12\t3\n1\tslots\t5\t7\t3\n2\tslots\t8\t12\t3\n3\tslots\t5\t5\t3\n"
    "[run]\ntitle\tabc\n[names]\nid\tname\nL\tx\n";

/* The text with `from` replaced by `to` once, counted. */
static bool counted(const char *from, const char *to, nlc_resolved_counts *counts)
{
    char changed[sizeof text + 200];
    memcpy(changed, text, sizeof text);
    if (from) {
        char *at = strstr(changed, from);
        ck_assert_ptr_nonnull(at);
        memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
        memcpy(at, to, strlen(to));
    }
    return nlc_resolved_count(changed, strlen(changed), counts);
}

START_TEST(counts_what_the_memory_is_for)
{
    nlc_resolved_counts counts;
    ck_assert(counted(NULL, NULL, &counts));
    ck_assert_uint_eq(counts.num_months, 12);
    ck_assert_uint_eq(counts.num_agencies, 1);
    ck_assert_uint_eq(counts.num_nodes, 3);
    ck_assert_uint_eq(counts.num_draws, 2);
    ck_assert_uint_eq(counts.num_schedules, 5);
    ck_assert_uint_ge(counts.num_channels, 1);
    ck_assert_uint_le(counts.num_channels, 3);
    /* Months 1-4, 5, 6-7 and 8-12. A lever that ends in the last month breaks nothing. */
    ck_assert_uint_eq(counts.num_segments, 4);
    for (uint32_t t = 2; t <= 12; t++)
        ck_assert_uint_eq(counts.breaks[t], t == 5 || t == 6 || t == 8);
    /* The ids with the word above them, and all cells of the last two sections, each with its end. */
    ck_assert_uint_eq(counts.text_bytes, 3 + 2 + 3 + 4 + 5 + 6 + 6 + 4 + 3 + 5 + 2 + 2);
}
END_TEST

START_TEST(counts_schedules_of_agencies_and_places)
{
    nlc_resolved_counts counts;
    ck_assert(counted("\t4\n", "\t3\n", &counts));
    ck_assert_uint_eq(counts.num_schedules, 4);
    ck_assert(counted("lead\t1\t2\t", "lead\t1\t6\t", &counts));
    ck_assert_uint_eq(counts.num_schedules, 7);
    /* One agency and three places on two draws name seven at most. */
    ck_assert(!counted("lead\t1\t2\t", "lead\t1\t7\t", &counts));
    ck_assert(!counted("\t4\n", "\t4294967293\n", &counts));
    ck_assert(counted("\t4\n", "\t4294967294\n", &counts));
    ck_assert_uint_eq(counts.num_schedules, 4);
    ck_assert(counted("lead\t1\t2\t", "lead\t1", &counts));
}
END_TEST

START_TEST(counts_a_single_schedule)
{
    static const char one[] = "nlcsim-resolved\t1\n[scenario]\nmonths\t12\n[agencies]\nid\nL\tL\tlead\t1\t0\t\t\n"
                              "[nodes]\nid\nL-1\tL\n[places draw=0]\nwave\tschedule\n\t0\n";
    nlc_resolved_counts counts;
    ck_assert(nlc_resolved_count(one, sizeof one - 1, &counts));
    ck_assert_uint_eq(counts.num_schedules, 1);
    ck_assert_uint_eq(counts.num_segments, 1);
    ck_assert_uint_eq(counts.num_draws, 1);
}
END_TEST

START_TEST(refuses_what_is_no_resolved_text)
{
    nlc_resolved_counts counts;
    ck_assert(!nlc_resolved_count("", 0, &counts));
    ck_assert(!counted("nlcsim-resolved\t1", "nlcsim-resolved", &counts));
    ck_assert(!counted("nlcsim-resolved\t1", "nlcsim-resolved\t1\t1", &counts));
    ck_assert(!counted("nlcsim-resolved", "nlcsim-resolvec", &counts));
    ck_assert(!counted("months\t12", "months\t0", &counts));
    ck_assert(!counted("months\t12", "months\t12\t1", &counts));
    ck_assert(!counted("months\t12", "month\t12", &counts));
    ck_assert(!counted("months\t12", "months\t2401", &counts));
    ck_assert(counted("months\t12", "months\t2400", &counts));
    ck_assert_uint_eq(counts.num_months, 2400);
    ck_assert_uint_eq(counts.num_segments, 5);
    ck_assert(counted("months\t12", "months\t1", &counts));
    ck_assert_uint_eq(counts.num_segments, 1);
    ck_assert(!counted("[agencies]", "[agents]", &counts));
    ck_assert(!counted("[nodes]", "[node]", &counts));
    ck_assert(!nlc_resolved_count(text, sizeof text - 2, &counts));
    /* Sections without a line: not even the header. */
    ck_assert(!counted("[nodes]\nid\tcountry\nL-1\tL\nL-22\tL\nL-333\tL\n", "[nodes]\n", &counts));
}
END_TEST

START_TEST(counts_lever_lines_of_five_cells_alone)
{
    nlc_resolved_counts counts;
    ck_assert(counted("1\tslots\t5\t7\t3", "1\tslots\t4\t7", &counts));
    ck_assert(!counts.breaks[4]);
    ck_assert(counted("1\tslots\t5\t7\t3", "1\tslots\t1\t2400\t3", &counts));
    ck_assert(counts.breaks[1] && counts.breaks[2401]);
    ck_assert(counted("1\tslots\t5\t7\t3", "1\tslots\t0\t2401\t3", &counts));
    ck_assert(!counts.breaks[0]);
    ck_assert(counted("1\tslots\t5\t7\t3", "1\tslots\t2\t1\t3", &counts));
    ck_assert(counts.breaks[2] && !counts.breaks[3]);
}
END_TEST

/* More draws than there may be: 1024 sections of places pass, one more does not. */
START_TEST(counts_draws_to_their_limit)
{
    static char many[sizeof text + 1100 * 20];
    nlc_resolved_counts counts;
    for (uint32_t draws = NLC_MAX_DRAWS; draws <= NLC_MAX_DRAWS + 1; draws++) {
        char *at = many + sprintf(many, "%s", text);
        for (uint32_t d = 2; d < draws; d++)
            at += sprintf(at, "[places draw=%u]\n", (unsigned)d);
        ck_assert_int_eq(nlc_resolved_count(many, (size_t)(at - many), &counts), draws == NLC_MAX_DRAWS);
    }
}
END_TEST

RUN_SUITE("resolved text", splits_lines_at_tabs, ends_where_the_text_does, holds_as_many_cells_as_there_is_room,
          reads_whole_numbers, counts_what_the_memory_is_for, counts_schedules_of_agencies_and_places, counts_a_single_schedule,
          refuses_what_is_no_resolved_text, counts_lever_lines_of_five_cells_alone, counts_draws_to_their_limit)
