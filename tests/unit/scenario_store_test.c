#include "store.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(an_array_grows_and_keeps_what_it_holds)
{
    size_t capacity = 0;
    uint32_t *array = nlc_grown(NULL, &capacity, 3, sizeof *array);
    ck_assert_ptr_nonnull(array);
    ck_assert_uint_ge(capacity, 3);
    for (uint32_t i = 0; i < 3; i++)
        array[i] = 237 + i;
    array = nlc_grown(array, &capacity, 5000, sizeof *array);
    ck_assert_uint_ge(capacity, 5000);
    ck_assert_uint_eq(array[2], 239);
    size_t huge = SIZE_MAX / 4;
    ck_assert_ptr_null(nlc_grown(array, &huge, SIZE_MAX / 2, sizeof *array));
    free(array);
}
END_TEST

START_TEST(texts_live_until_the_arena_is_freed)
{
    nlc_arena arena = {0};
    const char *first = nlc_arena_text(&arena, "first and more", 5);
    char *long_text = malloc(200001);
    memset(long_text, 'x', 200000);
    long_text[200000] = '\0';
    const char *second = nlc_arena_text(&arena, long_text, 200000);
    for (int i = 0; i < 30000; i++)
        ck_assert_ptr_nonnull(nlc_arena_text(&arena, "filler", 6));
    ck_assert_str_eq(first, "first");
    ck_assert_str_eq(second, long_text);
    free(long_text);
    nlc_arena_free(&arena);
    nlc_arena_free(&arena);
}
END_TEST

START_TEST(an_index_finds_each_of_many_texts)
{
    enum { NUM = 20000 };
    static char text[NUM][8];
    nlc_index index = {0};
    ck_assert_uint_eq(nlc_index_find(&index, "0"), NLC_NONE);
    for (uint32_t i = 0; i < NUM; i++) {
        snprintf(text[i], sizeof text[i], "%u", i);
        ck_assert_int_eq(nlc_index_add(&index, text[i], i * 3), NLC_OK);
    }
    for (uint32_t i = 0; i < NUM; i++)
        ck_assert_uint_eq(nlc_index_find(&index, text[i]), i * 3);
    ck_assert_uint_eq(nlc_index_find(&index, "20000"), NLC_NONE);
    nlc_index_free(&index);
    nlc_index_free(&index);
}
END_TEST

START_TEST(words_are_numbered_as_they_come)
{
    nlc_words words = {0};
    nlc_arena arena = {0};
    char text[] = "province";
    uint32_t number;
    ck_assert_int_eq(nlc_words_add(&words, &arena, "city", &number), NLC_OK);
    ck_assert_uint_eq(number, 0);
    ck_assert_int_eq(nlc_words_add(&words, &arena, text, &number), NLC_OK);
    ck_assert_uint_eq(number, 1);
    text[0] = 'X';
    ck_assert_int_eq(nlc_words_add(&words, &arena, "city", &number), NLC_OK);
    ck_assert_uint_eq(number, 0);
    ck_assert_uint_eq(words.num, 2);
    ck_assert_uint_eq(nlc_words_find(&words, "province"), 1);
    ck_assert_uint_eq(nlc_words_find(&words, "region"), NLC_NONE);
    nlc_words_free(&words);
    nlc_arena_free(&arena);
}
END_TEST

START_TEST(tuples_are_equal_in_all_their_numbers)
{
    nlc_tuples tuples;
    nlc_tuples_init(&tuples, 3);
    const uint32_t unknown[3] = {7, 7, 7};
    ck_assert_uint_eq(nlc_tuples_find(&tuples, unknown), NLC_NONE);
    for (uint32_t round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 27 * 27; i++) {
            const uint32_t tuple[3] = {i % 9, i / 9 % 9, i / 81};
            uint32_t number;
            ck_assert_int_eq(nlc_tuples_add(&tuples, tuple, &number), NLC_OK);
            ck_assert_uint_eq(number, i);
        }
    }
    ck_assert_uint_eq(tuples.num, 27 * 27);
    const uint32_t some[3] = {4, 3, 2};
    ck_assert_uint_eq(nlc_tuples_find(&tuples, some), 4 + 3 * 9 + 2 * 81);
    ck_assert_uint_eq(nlc_tuples_at(&tuples, 4 + 3 * 9 + 2 * 81)[1], 3);
    const uint32_t none[3] = {4, 3, 9};
    ck_assert_uint_eq(nlc_tuples_find(&tuples, none), NLC_NONE);
    nlc_tuples_free(&tuples);
    nlc_tuples_free(&tuples);
}
END_TEST

RUN_SUITE("scenario store", an_array_grows_and_keeps_what_it_holds, texts_live_until_the_arena_is_freed,
          an_index_finds_each_of_many_texts, words_are_numbered_as_they_come, tuples_are_equal_in_all_their_numbers)
