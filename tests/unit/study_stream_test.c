/* Random numbers for studies: known answers, and laws within 4.5 standard errors. */
#include "stream.h"

#include <gsl/gsl_randist.h>
#include <math.h>

#include "suite.h"

/* The known answers that Salmon and others publish with Random123 for philox4x32 of ten rounds. */
START_TEST(known_answers)
{
    const struct {
        uint64_t seed, number, count;
        uint32_t word[4];
    } known[] = {
        {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t k = 0; k < 3; k++) {
        uint32_t word[4];
        nlc_stream_block(known[k].seed, known[k].number, known[k].count, word);
        for (int w = 0; w < 4; w++)
            ck_assert_uint_eq(word[w], known[k].word[w]);
    }
}
END_TEST

START_TEST(units_and_normals)
{
    enum { NUM = 40000 };
    nlc_stream stream = nlc_stream_of(7, 3);
    double unit = 0, normal = 0, squares = 0;
    for (int k = 0; k < NUM; k++) {
        const double u = nlc_stream_unit(&stream), z = nlc_stream_normal(&stream);
        ck_assert(u > 0 && u < 1);
        unit += u;
        normal += z;
        squares += z * z;
    }
    ck_assert_double_eq_tol(unit / NUM, 0.5, 4.5 * sqrt(1.0 / 12 / NUM));
    ck_assert_double_eq_tol(normal / NUM, 0, 4.5 / sqrt(NUM));
    ck_assert_double_eq_tol(squares / NUM, 1, 4.5 * sqrt(2.0 / NUM));
}
END_TEST

START_TEST(below)
{
    enum { NUM = 30000 };
    uint32_t count[3] = {0};
    nlc_stream stream = nlc_stream_of(11, 0);
    for (int k = 0; k < NUM; k++)
        count[nlc_stream_below(&stream, 3)]++;
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(count[c], NUM / 3.0, 4.5 * sqrt(NUM * 2.0 / 9));
    ck_assert_uint_eq(nlc_stream_below(&stream, 1), 0);
}
END_TEST

/* Every order of three comes equally often. */
START_TEST(shuffle)
{
    enum { NUM = 60000 };
    uint32_t count[27] = {0};
    nlc_stream stream = nlc_stream_of(12, 0);
    for (int k = 0; k < NUM; k++) {
        uint32_t order[3] = {0, 1, 2};
        nlc_stream_shuffle(&stream, order, 3);
        count[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    const int orders[6] = {5, 7, 11, 15, 19, 21};
    for (int k = 0; k < 6; k++)
        ck_assert_double_eq_tol(count[orders[k]], NUM / 6.0, 4.5 * sqrt(NUM * 5.0 / 36));
}
END_TEST

START_TEST(streams_are_repeatable_and_apart)
{
    nlc_stream a = nlc_stream_of(1, 2), again = a, b = nlc_stream_of(1, 3), c = nlc_stream_of(2, 2);
    const double first = nlc_stream_unit(&a);
    ck_assert(first == nlc_stream_unit(&again));
    ck_assert(first != nlc_stream_unit(&b));
    ck_assert(first != nlc_stream_unit(&c));
    ck_assert(first != nlc_stream_unit(&a));
}
END_TEST

START_TEST(purposes_and_gsl)
{
    nlc_stream a = nlc_stream_for(1, 2, 3), same = a, b = nlc_stream_for(1, 3, 3), c = nlc_stream_for(1, 2, 4);
    const gsl_rng rng = nlc_stream_rng(&a);
    const double first = gsl_rng_uniform(&rng);
    ck_assert(first == nlc_stream_unit(&same));
    ck_assert(first != nlc_stream_unit(&b));
    ck_assert(first != nlc_stream_unit(&c));
    ck_assert_uint_eq(gsl_rng_get(&rng), nlc_stream_word(&same));
    double mean = 0;
    for (int k = 0; k < 20000; k++)
        mean += gsl_ran_binomial(&rng, 0.237, 40) / 20000.0;
    ck_assert_double_eq_tol(mean, 40 * 0.237, 4.5 * sqrt(40 * 0.237 * 0.763 / 20000));
}
END_TEST

RUN_SUITE("study stream", known_answers, units_and_normals, below, shuffle, streams_are_repeatable_and_apart, purposes_and_gsl)
