/* Texts, numbers and months in four languages. */
#include <math.h>
#include <string.h>

#include "report/words.h"
#include "suite.h"

START_TEST(languages_have_codes)
{
    nlc_language language = NLC_LANGUAGE_EN;
    ck_assert(nlc_language_find("fil", &language));
    ck_assert_int_eq(language, NLC_LANGUAGE_FIL);
    ck_assert_str_eq(nlc_language_code(NLC_LANGUAGE_MS), "ms");
    ck_assert(!nlc_language_find("de", &language));
    ck_assert_int_eq(language, NLC_LANGUAGE_FIL);
}
END_TEST

START_TEST(numbers_as_each_language_writes_them)
{
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, 1234567.891, 2).text, "1,234,567.89");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_ID, 1234567.891, 2).text, "1.234.567,89");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_MS, 0.237, 3).text, "0.237");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_FIL, 999, 0).text, "999");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, 1000, 0).text, "1,000");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, -2.37, 1).text, "\xE2\x88\x92"
                                                                      "2.4");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, -0.004, 1).text, "0.0");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, NAN, 1).text, "\xE2\x80\x93");
    ck_assert_str_eq(nlc_number_word(NLC_LANGUAGE_EN, INFINITY, 1).text, "\xE2\x80\x93");
}
END_TEST

START_TEST(shares_are_percent)
{
    ck_assert_str_eq(nlc_percent_word(NLC_LANGUAGE_ID, 0.2376, 1).text, "23,8%");
    ck_assert_str_eq(nlc_percent_word(NLC_LANGUAGE_EN, 0.2376, 0).text, "24\xE2\x80\xAF%");
    ck_assert_str_eq(nlc_percent_word(NLC_LANGUAGE_EN, NAN, 0).text, "\xE2\x80\x93");
}
END_TEST

START_TEST(months_have_names)
{
    const int32_t month = 2023 * 12 + 7;
    ck_assert_str_eq(nlc_month_word(NLC_LANGUAGE_EN, month).text, "August 2023");
    ck_assert_str_eq(nlc_month_word(NLC_LANGUAGE_ID, month).text, "Agustus 2023");
    ck_assert_str_eq(nlc_month_word(NLC_LANGUAGE_MS, month).text, "Ogos 2023");
    ck_assert_str_eq(nlc_month_word(NLC_LANGUAGE_FIL, 2024 * 12).text, "Enero 2024");
    ck_assert_str_eq(nlc_short_month_word(NLC_LANGUAGE_ID, 2024 * 12 + 11).text, "Des 2024");
    ck_assert_str_eq(nlc_brief_month_word(NLC_LANGUAGE_EN, 2009 * 12 + 4).text, "May \xE2\x80\x99"
                                                                                "09");
}
END_TEST

START_TEST(decimals_that_a_number_needs)
{
    ck_assert_uint_eq(nlc_decimals_of(4, 6), 0);
    ck_assert_uint_eq(nlc_decimals_of((double)0.6F, 6), 1);
    ck_assert_uint_eq(nlc_decimals_of((double)0.237F, 6), 3);
    ck_assert_uint_eq(nlc_decimals_of(1.0 / 3, 4), 4);
    ck_assert_uint_eq(nlc_decimals_of(0, 4), 0);
}
END_TEST

START_TEST(names_of_the_model)
{
    ck_assert_str_eq(nlc_string_named(NLC_LANGUAGE_EN, "stage", "functioning"), "Functioning");
    ck_assert_str_eq(nlc_string_named(NLC_LANGUAGE_ID, "lever", "trainings"), "Pelatihan");
    ck_assert_ptr_null(nlc_string_named(NLC_LANGUAGE_ID, "lever", "training"));
    ck_assert_ptr_null(nlc_string_named(NLC_LANGUAGE_ID, "lev", "er.trainings"));
}
END_TEST

START_TEST(every_key_has_a_text_in_every_language)
{
    for (uint32_t k = 0; k < NLC_NUM_STRINGS; k++) {
        for (uint32_t l = 0; l < NLC_NUM_LANGUAGES; l++) {
            ck_assert_msg(strlen(nlc_string_text((nlc_language)l, (nlc_string)k)) > 0, "%s has no text in %s", nlc_string_keys[k],
                          nlc_language_code((nlc_language)l));
        }
    }
}
END_TEST

START_TEST(long_texts_end_with_a_whole_letter)
{
    char text[200] = "x";
    for (int k = 0; k < 90; k++) {
        strcat(text, "\xC3\xB1");
    }
    const nlc_word word = nlc_word_of(text);
    ck_assert_uint_eq(strlen(word.text), 95);
    ck_assert_mem_eq(word.text + 93, "\xC3\xB1", 3);
    ck_assert_str_eq(nlc_short_word(nlc_word_of("Mu\xC3\xB1oz, City of"), 3).text, "Mu\xC3\xB1\xE2\x80\xA6");
    ck_assert_str_eq(nlc_short_word(nlc_word_of("Mu\xC3\xB1"), 3).text, "Mu\xC3\xB1");
    ck_assert_uint_eq(strlen(nlc_short_word(word, 40).text), 1 + 2 * 39 + 3);
    const nlc_word filled = nlc_filled_word(NLC_LANGUAGE_EN, NLC_TEXT(wave), "late, last");
    ck_assert_str_eq(filled.text, "Wave late, last");
}
END_TEST

RUN_SUITE("output_report_words", languages_have_codes, numbers_as_each_language_writes_them, shares_are_percent, months_have_names,
          decimals_that_a_number_needs, names_of_the_model, every_key_has_a_text_in_every_language,
          long_texts_end_with_a_whole_letter)
