/* Scenarios on common random numbers, and the past that they share. */
#include <math.h>
#include <string.h>

#include "branch.h"
#include "paired.h"
#include "suite.h"
#include "tiny.h"

static uint32_t months_shared(const char *from, const char *to)
{
    tiny a, b;
    uint32_t months;
    tiny_read(&a, NULL);
    tiny_read_with(&b, from, to);
    ck_assert_int_eq(nlc_shared_months(&a.scenario, &b.scenario, &months), NLC_OK);
    uint32_t other_way;
    ck_assert_int_eq(nlc_shared_months(&b.scenario, &a.scenario, &other_way), NLC_OK);
    ck_assert_uint_eq(months, other_way);
    tiny_free(&a);
    tiny_free(&b);
    return months;
}

START_TEST(levers_say_how_long_a_past_is_shared)
{
    ck_assert_uint_eq(months_shared("title\ttiny", "title\tother"), 40);
    ck_assert_uint_eq(months_shared("5\ttrainings\t1\t40\t3", "5\ttrainings\t1\t23\t3"), 23);
    ck_assert_uint_eq(months_shared("5\ttrainings\t1\t40\t3", "5\ttrainings\t2\t40\t3"), 0);
    ck_assert_uint_eq(months_shared("3\telection\t20\t20\t0.6", "3\telection\t21\t21\t0.6"), 19);
}
END_TEST

START_TEST(a_grant_that_ends_is_known_beforehand)
{
    ck_assert_uint_eq(months_shared("3\tgrant\t3\t12\t0.9", "3\tgrant\t3\t14\t0.9"), 11);
    ck_assert_uint_eq(months_shared("3\tgrant\t3\t12\t0.9", "3\tgrant\t3\t12\t0.9\n3\tgrant\t30\t31\t0.9"), 11);
    ck_assert_uint_eq(months_shared("3\tgrant\t3\t12\t0.9\n", ""), 2);
}
END_TEST

START_TEST(another_world_shares_nothing)
{
    ck_assert_uint_eq(months_shared("guidance_fidelity\t0.8", "guidance_fidelity\t0.79"), 0);
    ck_assert_uint_eq(months_shared("AA-2\tpeer\tAA-1\t0.5", "AA-2\tpeer\tAA-1\t0.4"), 0);
    ck_assert_uint_eq(months_shared("no\t0.9\t", "no\t0.7\t"), 0);
    ck_assert_uint_eq(months_shared("service\t0.6", "service\t0.5"), 0);
    ck_assert_uint_eq(months_shared("\tcity\tnorth\tsmall", "\tcity\tsouth\tsmall"), 0);
    ck_assert_uint_eq(months_shared("\n10\t4\n", "\n1\t4\n"), 0);
}
END_TEST

static void run(nlc_paired *self, uint32_t num, uint32_t threads, uint32_t lanes)
{
    ck_assert_int_eq(nlc_paired_extend(self, num, &(nlc_ensemble_options){.threads = threads, .lanes = lanes, .seed = 7}), NLC_OK);
}

static void check_same(const nlc_paired *a, uint32_t scenario_a, const nlc_paired *b, uint32_t scenario_b, uint32_t num)
{
    for (uint32_t k = 0; k < a->num_outcomes; k++)
        ck_assert_mem_eq(nlc_paired_values(a, scenario_a, k), nlc_paired_values(b, scenario_b, k), num * sizeof(double));
}

START_TEST(a_shared_past_changes_nothing)
{
    tiny a, b, c;
    tiny_read(&a, NULL);
    tiny_read_with(&b, "5\ttrainings\t1\t40\t3", "5\ttrainings\t1\t23\t3");
    tiny_read_with(&c, "3\tgrant\t3\t12\t0.9", "3\tgrant\t3\t34\t0.9");
    const nlc_resolved *all[] = {&a.scenario, &b.scenario, &c.scenario};
    nlc_paired together, alone;
    ck_assert_int_eq(nlc_paired_init(&together, all, 3, 0), NLC_OK);
    ck_assert_uint_eq(together.shared_months[1], 11);
    ck_assert_uint_eq(together.shared_months[2], 11);
    run(&together, 50, 2, 0);
    for (uint32_t s = 0; s < 3; s++) {
        ck_assert_int_eq(nlc_paired_init(&alone, &all[s], 1, 0), NLC_OK);
        run(&alone, 50, 1, 4);
        check_same(&together, s, &alone, 0, 50);
        nlc_paired_free(&alone);
    }
    nlc_paired_free(&together);
    tiny_free(&a);
    tiny_free(&b);
    tiny_free(&c);
}
END_TEST

START_TEST(runs_may_be_added_in_any_steps)
{
    tiny a, b;
    tiny_read(&a, NULL);
    tiny_read_with(&b, "3\tmeetings\t1\t40\t12", "3\tmeetings\t1\t40\t4");
    const nlc_resolved *both[] = {&a.scenario, &b.scenario};
    nlc_paired at_once, in_steps;
    ck_assert_int_eq(nlc_paired_init(&at_once, both, 2, 0), NLC_OK);
    ck_assert_int_eq(nlc_paired_init(&in_steps, both, 2, 0), NLC_OK);
    ck_assert_uint_eq(at_once.shared_months[1], 0);
    run(&at_once, 300, 2, 0);
    run(&in_steps, 3, 1, 8);
    run(&in_steps, 131, 2, 8);
    run(&in_steps, 300, 1, 4);
    for (uint32_t s = 0; s < 2; s++)
        check_same(&at_once, s, &in_steps, s, 300);
    nlc_paired_free(&at_once);
    nlc_paired_free(&in_steps);
    tiny_free(&a);
    tiny_free(&b);
}
END_TEST

static bool stop_at_once(void *context, uint32_t done, uint32_t total)
{
    *(uint32_t *)context = total;
    return done >= total;
}

START_TEST(what_is_stopped_keeps_what_it_had)
{
    tiny a;
    uint32_t total = 0;
    tiny_read(&a, NULL);
    const nlc_resolved *one[] = {&a.scenario};
    nlc_paired self;
    ck_assert_int_eq(nlc_paired_init(&self, one, 1, 0), NLC_OK);
    run(&self, 20, 1, 0);
    const nlc_ensemble_options options = {.threads = 1, .seed = 7, .progress = stop_at_once, .context = &total};
    ck_assert_int_eq(nlc_paired_extend(&self, 64, &options), NLC_ERROR_INTERRUPTED);
    ck_assert_uint_eq(total, 44);
    ck_assert_uint_eq(self.num_runs, 20);
    nlc_paired_free(&self);
    tiny_free(&a);
}
END_TEST

RUN_SUITE("study/paired", levers_say_how_long_a_past_is_shared, a_grant_that_ends_is_known_beforehand, another_world_shares_nothing,
          a_shared_past_changes_nothing, runs_may_be_added_in_any_steps, what_is_stopped_keeps_what_it_had)
