/* What is text never becomes markup. */
#include <math.h>
#include <string.h>

#include "report/html.h"
#include "suite.h"

START_TEST(text_is_escaped)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    nlc_html_text(&html, "a<b>&\"c\"'d'\n\x01\xC3\xB1");
    ck_assert_str_eq(html.text.data, "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;  \xC3\xB1");
    nlc_html_text(&html, NULL);
    ck_assert_uint_eq(html.text.length, strlen(html.text.data));
    nlc_html_free(&html);
}
END_TEST

START_TEST(placeholders_are_filled_and_escaped)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    nlc_html_fill(&html, NLC_TEXT(span), "<1>", "2 & 3", NULL);
    ck_assert_str_eq(html.text.data, "&lt;1&gt; to 2 &amp; 3");
    nlc_html_free(&html);
    html = (nlc_html){.language = NLC_LANGUAGE_ID};
    nlc_html_fill(&html, NLC_TEXT(not_all_shown), "12", "40", NULL);
    ck_assert_str_eq(html.text.data, "12 dari 40 ditampilkan; tabel dalam folder memuat semuanya.");
    nlc_html_free(&html);
}
END_TEST

START_TEST(numbers_carry_themselves)
{
    nlc_html html = {.language = NLC_LANGUAGE_ID};
    nlc_html_number(&html, 1234.5678, 1);
    nlc_html_share(&html, 0.0237);
    nlc_html_share(&html, 0.237123);
    nlc_html_plain_share(&html, 0.5);
    nlc_html_share(&html, NAN);
    ck_assert_str_eq(html.text.data, "<data value=\"1234.5678\">1.234,6</data><data value=\"0.0237\">2,4%</data>"
                                     "<data value=\"0.237123\">24%</data><data value=\"0.5\">50</data>\xE2\x80\x93");
    nlc_html_free(&html);
}
END_TEST

START_TEST(unknown_names_stay_in_english)
{
    nlc_html html = {.language = NLC_LANGUAGE_MS};
    nlc_html_name(&html, "stage", "drafting");
    nlc_html_name(&html, "stage", "new & <other>");
    ck_assert_str_eq(html.text.data, "Merangka pelan<span lang=\"en\">new &amp; &lt;other&gt;</span>");
    nlc_html_free(&html);
}
END_TEST

RUN_SUITE("output_report_html", text_is_escaped, placeholders_are_filled_and_escaped, numbers_carry_themselves,
          unknown_names_stay_in_english)
