/* The store of a study: what is put is found again, and by nobody else while it is written. */
#include "store.h"

#include <math.h>

#include "scenario_fixture.h"

static const char *const columns[] = {"cost_end.all", "functioning_end.all"};
static const char hash_a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  hash_b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

typedef struct {
    nlc_study study;
    nlc_store store;
    nlc_sink sink;
    nlc_text said;
} fixture;

static nlc_error open_store(fixture *self, uint32_t num_columns, bool stops)
{
    static const uint32_t chosen[] = {0};
    const nlc_store_options options = {.columns = columns,
                                       .num_columns = num_columns,
                                       .chosen = chosen,
                                       .num_chosen = 1,
                                       .precise = stops ? "functioning_end.all" : NULL};
    const nlc_error error = nlc_store_init(&self->store, &self->study, "results", &options, &self->said);
    self->sink = nlc_store_sink(&self->store);
    return error;
}

static void begin(fixture *self, const char *keys)
{
    nlc_problems problems = {0};
    *self = (fixture){0};
    scratch_begin();
    put_world();
    ck_assert_int_eq(mkdir("S", 0777), 0);
    put_file("S/study.csv", keys);
    put_file("S/factors.csv", "name,role,kind,levels\nresourcing,lever,real,1|2\n");
    ck_assert_int_eq(nlc_study_load(&self->study, "S", nlc_models(), &problems), NLC_OK);
    nlc_problems_free(&problems);
}

static void end(fixture *self)
{
    nlc_store_free(&self->store);
    nlc_study_free(&self->study);
    nlc_text_free(&self->said);
    scratch_end();
}

static int64_t put_point(fixture *self, uint64_t number, const char *hash)
{
    const double values[] = {(double)(number % 2)};
    const nlc_sweep_point point = {.point = number,
                                   .values = values,
                                   .model = self->study.variant[0].scenario.model,
                                   .hash = hash,
                                   .problem = hash ? NULL : "why"};
    int64_t input = -1;
    ck_assert_int_eq(self->sink.point(self->sink.context, &point, &input), NLC_OK);
    return input;
}

static void put_run(fixture *self, int64_t input, uint32_t replicate, double cost, double functioning)
{
    const double outcomes[] = {cost, functioning};
    const nlc_sweep_result result = {.input = input, .replicate = replicate, .num_months = 12, .outcomes = outcomes};
    ck_assert_int_eq(self->sink.put(self->sink.context, &result), NLC_OK);
}

static void expect_found(fixture *self, int64_t input, uint32_t first, const char *expected)
{
    bool found[8];
    const uint32_t num = (uint32_t)strlen(expected);
    ck_assert_int_eq(self->sink.find(self->sink.context, input, first, num, found), NLC_OK);
    for (uint32_t k = 0; k < num; k++)
        ck_assert_msg(found[k] == (expected[k] == 'x'), "replicate %u", first + k);
}

/* What a query gives first, as text. */
static void expect_text(fixture *self, const char *sql, const char *expected)
{
    sqlite3_stmt *row = NULL;
    nlc_error error = nlc_store_prepare(&self->store, &row, "%s", sql);
    ck_assert_int_eq(error, NLC_OK);
    ck_assert(nlc_store_step(&self->store, row, &error));
    const char *text = (const char *)sqlite3_column_text(row, 0);
    ck_assert_str_eq(text ? text : "(null)", expected);
    sqlite3_finalize(row);
}

#define KEYS "key,value\nscenario,../W\ndesign,factorial\nreplicates,5\nseed,23\n"

START_TEST(what_is_put_is_found_again)
{
    fixture self;
    begin(&self, KEYS);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    const int64_t a = put_point(&self, 0, hash_a), b = put_point(&self, 1, hash_b);
    ck_assert_int_ne(a, b);
    ck_assert_int_eq(put_point(&self, 2, hash_a), a);
    put_run(&self, a, 3, 0.237, NAN);
    put_run(&self, a, 4, 7.5, 0.45);
    expect_found(&self, a, 2, ".xx.");
    expect_found(&self, a, 4, "x...");
    expect_found(&self, b, 2, "....");
    ck_assert_int_eq(nlc_store_commit(&self.store), NLC_OK);
    nlc_store_free(&self.store);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    ck_assert_int_eq(put_point(&self, 5, hash_b), b);
    expect_found(&self, a, 0, "...xx");
    expect_text(
        &self,
        "SELECT group_concat(coalesce(\"cost_end.all\", '-') || ' ' || coalesce(\"functioning_end.all\", '-'), '; ') FROM run",
        "0.237 -; 7.5 0.45");
    expect_text(&self, "SELECT count(*) || ' ' || runs || ' ' || resourcing FROM point", "1 5 2");
    end(&self);
}
END_TEST

START_TEST(what_has_not_been_committed_is_not_there)
{
    fixture self;
    begin(&self, KEYS);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    put_run(&self, put_point(&self, 0, hash_a), 0, 1, 2);
    ck_assert_int_eq(nlc_store_commit(&self.store), NLC_OK);
    put_run(&self, put_point(&self, 1, hash_b), 0, 1, 2);
    nlc_store_free(&self.store);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    expect_text(&self, "SELECT (SELECT count(*) FROM run) || ' ' || (SELECT count(*) FROM input)", "1 1");
    end(&self);
}
END_TEST

/* A run that lacks a column is no run of a study that asks for it. */
START_TEST(a_column_more_makes_older_runs_incomplete)
{
    fixture self;
    begin(&self, KEYS);
    ck_assert_int_eq(open_store(&self, 1, false), NLC_OK);
    const int64_t a = put_point(&self, 0, hash_a);
    put_run(&self, a, 0, 0.237, NAN);
    ck_assert_int_eq(nlc_store_commit(&self.store), NLC_OK);
    nlc_store_free(&self.store);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    ck_assert_int_eq(put_point(&self, 0, hash_a), a);
    expect_found(&self, a, 0, "..");
    put_run(&self, a, 0, 0.237, 0.45);
    expect_found(&self, a, 0, "x.");
    end(&self);
}
END_TEST

START_TEST(values_and_the_end_of_a_point)
{
    fixture self;
    double values[4];
    begin(&self, KEYS "stop,functioning_end:0.1:40\n");
    ck_assert_int_eq(open_store(&self, 2, true), NLC_OK);
    const int64_t a = put_point(&self, 0, hash_a);
    put_point(&self, 1, NULL);
    put_point(&self, 2, hash_b);
    for (uint32_t r = 0; r < 5; r++)
        put_run(&self, a, r, 1, r == 2 ? (double)NAN : 0.237 * r);
    ck_assert_int_eq(self.sink.values(self.sink.context, a, 1, 4, values), NLC_OK);
    ck_assert(isnan(values[1]));
    ck_assert_double_eq(values[0], 0.237);
    ck_assert_double_eq(values[3], 0.237 * 4);
    expect_text(&self, "SELECT runs FROM point WHERE point = 0", "(null)");
    ck_assert_int_eq(self.sink.end(self.sink.context, 0, 5, true), NLC_OK);
    ck_assert_int_eq(self.sink.end(self.sink.context, 2, 40, false), NLC_OK);
    expect_text(&self, "SELECT group_concat(coalesce(runs, '-') || ' ' || coalesce(precision, problem), '; ') FROM point",
                "5 enough; - why; 40 not reached");
    expect_text(&self, "SELECT group_concat(name || ' ' || value, '; ') FROM about WHERE name IN ('replicates', 'fewest', 'stop')",
                "fewest 5; replicates 40; stop functioning_end:0.1:40");
    end(&self);
}
END_TEST

START_TEST(one_writer_at_a_time)
{
    fixture self;
    nlc_store other;
    nlc_text said = {0};
    const nlc_store_options options = {.columns = columns, .num_columns = 2};
    begin(&self, KEYS);
    ck_assert_int_eq(open_store(&self, 2, false), NLC_OK);
    ck_assert_int_eq(nlc_store_init(&other, &self.study, "results", &options, &said), NLC_ERROR_IO);
    ck_assert_str_eq(said.data, "results/study.db: another nlcsim is working on this study; wait for it, or name another folder\n");
    nlc_store_free(&other);
    nlc_text_free(&said);
    end(&self);
}
END_TEST

START_TEST(a_folder_that_holds_no_study)
{
    fixture self;
    begin(&self, KEYS);
    ck_assert_int_eq(nlc_store_open(&self.store, "W", &self.said), NLC_ERROR_IO);
    ck_assert_str_eq(self.said.data, "W: holds no study: there is no study.db in it\n");
    nlc_store_free(&self.store);
    self.said.length = 0;
    put_file("W/study.db", "this is no database, and long enough to be looked at by what reads databases");
    ck_assert_int_eq(nlc_store_open(&self.store, "W", &self.said), NLC_OK);
    nlc_text about = {0};
    ck_assert_int_eq(nlc_store_about(&self.store, "seed", &about), NLC_ERROR_IO);
    ck_assert_str_eq(self.said.data, "W/study.db: file is not a database\n");
    nlc_text_free(&about);
    end(&self);
}
END_TEST

RUN_SUITE("output/store", what_is_put_is_found_again, what_has_not_been_committed_is_not_there,
          a_column_more_makes_older_runs_incomplete, values_and_the_end_of_a_point, one_writer_at_a_time,
          a_folder_that_holds_no_study)
