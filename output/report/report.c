#include "report.h"

#include <stdlib.h>

#include "page.h"

typedef void (*section)(nlc_page *);

/* The sections of each kind of folder, which ends with NULL. */
static const section run_sections[] = {
    nlc_section_title,      nlc_section_summary,
    nlc_section_asked,      nlc_section_curves,
    nlc_section_counted,    nlc_section_roadmap,
    nlc_section_flows,      nlc_section_cost,
    nlc_section_change,     nlc_section_levers,
    nlc_section_parameters, nlc_section_limits,
    nlc_section_provenance, NULL,
};
static const section comparison_sections[] = {
    nlc_section_title,       nlc_section_asked,      nlc_section_scenarios,
    nlc_section_differences, nlc_section_selection,  nlc_section_assumptions,
    nlc_section_limits,      nlc_section_provenance, NULL,
};
static const section study_sections[] = {
    nlc_section_title,    nlc_section_asked,      nlc_section_factors,
    nlc_section_outcomes, nlc_section_findings,   nlc_section_assumptions,
    nlc_section_limits,   nlc_section_provenance, NULL,
};

static const section *const sections_of[] = {
    [NLC_OF_RUN] = run_sections,
    [NLC_OF_COMPARISON] = comparison_sections,
    [NLC_OF_STUDY] = study_sections,
};

static void begin(nlc_page *self)
{
    nlc_html *html = &self->html;
    nlc_html_markup(html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                    nlc_language_code(html->language));
    nlc_html_markup(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    nlc_html_markup(html,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    nlc_html_markup(html, "<title>");
    nlc_html_text(html, nlc_member_text(self->material->package, "title"));
    nlc_html_markup(html, "</title>\n<style>\n");
    if (html->error == NLC_OK) {
        html->error = nlc_text_print(&html->text, "%s", nlc_report_style);
    }
    nlc_html_markup(html, "</style>\n</head>\n<body>\n<main>\n");
}

static nlc_error page_write(nlc_report *self, const nlc_material *material, nlc_language language)
{
    nlc_page page = {.material = material, .html = {.language = language}, .report = self};
    begin(&page);
    for (const section *next = sections_of[material->kind]; *next != NULL; next++) {
        (*next)(&page);
    }
    nlc_html_markup(&page.html, "</main>\n</body>\n</html>\n");
    nlc_html_free(&page.drawing);
    self->html = page.html.text;
    return page.html.error;
}

nlc_error nlc_report_make(nlc_report *self, const char *path, nlc_language language, nlc_problems *problems)
{
    self->reader = (nlc_reader){.folder = path, .problems = problems};
    nlc_material material = {.reader = &self->reader};
    nlc_error error = nlc_material_read(&material);
    if (error == NLC_OK) {
        error = page_write(self, &material, language);
    }
    nlc_material_free(&material);
    return error;
}

void nlc_report_free(nlc_report *self)
{
    for (uint32_t k = 0; k < self->num_figures; k++) {
        nlc_text_free(&self->figures[k].svg);
    }
    free(self->figures);
    nlc_text_free(&self->html);
    nlc_reader_free(&self->reader);
    *self = (nlc_report){0};
}
