#include "cells.h"
#include "columns.h"
#include "suite.h"

#include <math.h>
#include <string.h>

static const nlc_model *nlc(void)
{
    return nlc_models()[0];
}

START_TEST(nodes_have_the_columns_of_the_format_in_its_order)
{
    static const char *const names[] = {"id",          "name",
                                        "tier",        "parent_id",
                                        "population",  "lat",
                                        "lon",         "source",
                                        "head",        "legacy",
                                        "income",      "slots",
                                        "wave",        "group",
                                        "start_stage", "start_awareness",
                                        "start_role",  "start_capacity",
                                        "start_trust", "start_formalisation",
                                        "start_funds", "start_reliance"};
    nlc_columns columns;
    ck_assert_int_eq(nlc_columns_init(&columns, NLC_TABLE_NODES, nlc()), NLC_OK);
    ck_assert_uint_eq(columns.num, sizeof names / sizeof *names);
    for (uint32_t k = 0; k < columns.num; k++)
        ck_assert_str_eq(columns.column[k].name, names[k]);
    ck_assert_str_eq(columns.column[columns.at[NLC_NODE_HEAD]].name, "head");
    ck_assert_str_eq(columns.column[columns.at[NLC_NODE_START_STAGE]].choices,
                     "unaware|aware|engaged|drafting|adopted|functioning|dormant");
    nlc_columns_free(&columns);
    nlc_columns_free(&columns);
}
END_TEST

/* A model that is not nlc: its own attribute, and a lever with a base value that acts on places alone. */
START_TEST(another_model_brings_its_own_columns)
{
    static const nlc_attribute attributes[] = {{"start_zeal", "1", 0.25F, 0.75F, NULL, "zeal at the start"}};
    static const nlc_lever levers[] = {
        {.name = "push", .unit = "1", .low = 0, .high = 3, .scope = NLC_LEVER_PLACE, .attribute = "pull", .meaning = "push"},
        {.name = "other", .unit = "1", .low = 0, .high = 3, .scope = NLC_LEVER_ANY, .meaning = "other"}};
    static const char *const stages[] = {"cold", "hot"};
    const nlc_model model = {.name = "fake",
                             .num_levers = 2,
                             .levers = levers,
                             .num_attributes = 1,
                             .attributes = attributes,
                             .num_stages = 2,
                             .stages = stages};
    nlc_columns columns;
    ck_assert_int_eq(nlc_columns_init(&columns, NLC_TABLE_NODES, &model), NLC_OK);
    ck_assert_uint_eq(columns.num, 14);
    const nlc_column *pull = &columns.column[columns.at[NLC_NODE_WAVE] - 1], *zeal = &columns.column[columns.num - 1];
    ck_assert_str_eq(pull->name, "pull");
    ck_assert_uint_eq(pull->field, NLC_FIELD_LEVER + 0);
    ck_assert_double_eq(pull->high, 3);
    ck_assert_str_eq(zeal->name, "start_zeal");
    ck_assert_uint_eq(zeal->field, NLC_FIELD_ATTRIBUTE + 0);
    ck_assert_double_eq(zeal->low, 0.25);
    ck_assert_str_eq(columns.column[columns.at[NLC_NODE_START_STAGE]].choices, "cold|hot");
    nlc_columns_free(&columns);
    ck_assert_int_eq(nlc_columns_init(&columns, NLC_TABLE_AGENCIES, &model), NLC_OK);
    ck_assert_uint_eq(columns.num, 5);
    nlc_columns_free(&columns);
}
END_TEST

START_TEST(agencies_have_slots_before_their_weight)
{
    nlc_columns columns;
    ck_assert_int_eq(nlc_columns_init(&columns, NLC_TABLE_AGENCIES, nlc()), NLC_OK);
    ck_assert_uint_eq(columns.num, 6);
    ck_assert_str_eq(columns.column[4].name, "slots");
    ck_assert_str_eq(columns.column[columns.at[NLC_AGENCY_WEIGHT]].name, "weight");
    nlc_columns_free(&columns);
}
END_TEST

static void check_column(const nlc_column *column)
{
    ck_assert_ptr_nonnull(column->unit);
    ck_assert_ptr_nonnull(column->empty);
    ck_assert_uint_gt(strlen(column->meaning), 0);
    ck_assert(column->low <= column->high);
    ck_assert_msg((column->type == NLC_COLUMN_CHOICE) == (column->choices != NULL), "%s", column->name);
    ck_assert_msg(column->filled == (column->empty[0] == '\0') || column->type == NLC_COLUMN_TEXT, "%s", column->name);
}

START_TEST(every_column_is_described_and_named_once)
{
    for (nlc_table table = 0; table < NLC_NUM_TABLES; table++) {
        nlc_columns columns;
        ck_assert_int_eq(nlc_columns_init(&columns, table, nlc()), NLC_OK);
        ck_assert_uint_gt(strlen(nlc_table_meaning(table)), 0);
        for (uint32_t a = 0; a < columns.num; a++) {
            check_column(&columns.column[a]);
            ck_assert_uint_gt(strlen(nlc_column_type_name(columns.column[a].type)), 0);
            for (uint32_t b = 0; b < a; b++)
                ck_assert_str_ne(columns.column[a].name, columns.column[b].name);
        }
        nlc_columns_free(&columns);
    }
    ck_assert_str_eq(nlc_table_file(NLC_TABLE_OBSERVED), "observed.csv");
}
END_TEST

START_TEST(every_default_of_a_key_can_be_written)
{
    nlc_problems problems = {0};
    for (nlc_key key = 0; key < NLC_NUM_KEYS; key++) {
        const nlc_column *column = nlc_key_column(key);
        ck_assert_uint_eq(nlc_key_find(column->name), key);
        if (column->empty[0])
            ck_assert(!nlc_value_read(column, column->empty, false, (nlc_where){column->name, 0, 0}, &problems).bad);
    }
    ck_assert_uint_eq(problems.num_problems, 0);
    ck_assert_uint_eq(nlc_key_find("month"), NLC_NUM_KEYS);
}
END_TEST

/* An address may leave out the kind of its name. */
START_TEST(names_are_unique_over_the_four_kinds)
{
    const nlc_model *model = nlc();
    for (nlc_key key = 0; key < NLC_NUM_KEYS; key++) {
        ck_assert_uint_eq(nlc_model_parameter(model, nlc_key_column(key)->name), NLC_NONE);
        ck_assert_uint_eq(nlc_model_lever(model, nlc_key_column(key)->name), NLC_NONE);
    }
    for (nlc_dial dial = NLC_DIAL_NONE + 1; dial < NLC_NUM_DIALS; dial++) {
        ck_assert_uint_eq(nlc_model_parameter(model, nlc_dial_name(dial)), NLC_NONE);
        ck_assert_uint_eq(nlc_model_lever(model, nlc_dial_name(dial)), NLC_NONE);
        ck_assert_uint_eq(nlc_key_find(nlc_dial_name(dial)), NLC_NUM_KEYS);
    }
    for (uint32_t l = 0; l < model->num_levers; l++)
        ck_assert_uint_eq(nlc_model_parameter(model, model->levers[l].name), NLC_NONE);
}
END_TEST

START_TEST(words_of_a_choice_are_found_by_name_and_number)
{
    char word[8];
    ck_assert_uint_eq(nlc_choice_find("set|scale|add", "scale"), 1);
    ck_assert_uint_eq(nlc_choice_find("set|scale|add", "add"), 2);
    ck_assert_uint_eq(nlc_choice_find("set|scale|add", "sca"), NLC_NONE);
    ck_assert_uint_eq(nlc_choice_find("set|scale|add", "set|scale"), NLC_NONE);
    ck_assert(nlc_choice_at("set|functioning", 1, word, sizeof word));
    ck_assert_str_eq(word, "functio");
    ck_assert(!nlc_choice_at("set|scale", 2, word, sizeof word));
}
END_TEST

RUN_SUITE("scenario columns", nodes_have_the_columns_of_the_format_in_its_order, another_model_brings_its_own_columns,
          agencies_have_slots_before_their_weight, every_column_is_described_and_named_once, every_default_of_a_key_can_be_written,
          names_are_unique_over_the_four_kinds, words_of_a_choice_are_found_by_name_and_number)
