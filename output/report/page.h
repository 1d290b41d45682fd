/* A report as it is written, and its sections. */
#ifndef NLC_OUTPUT_PAGE_H
#define NLC_OUTPUT_PAGE_H

#include "material.h"
#include "report.h"
#include "svg.h"

/* Pixels: the width of a page of A4 between its margins, and of all pictures. */
#define NLC_PAGE_WIDTH 680

typedef struct {
    const nlc_material *material; /* borrowed */
    nlc_html html;                /* owned; the page */
    nlc_html drawing;             /* owned; the picture in work */
    nlc_report *report;           /* borrowed; gets the pictures */
} nlc_page;

/* Begins a picture and returns what to draw it on. */
nlc_html *nlc_page_draw(nlc_page *self);

/* Puts the picture drawn last into the page and among the figures, under a name of ASCII letters,
 * digits and `-`. */
void nlc_page_place(nlc_page *self, const char *name);

/* Likewise as a figure, with a caption or without. */
void nlc_page_bare_figure(nlc_page *self, const char *name);
void nlc_page_figure(nlc_page *self, const char *name, nlc_string caption);

/* A section's begin, with its heading; each ends with nlc_page_section_end. */
void nlc_page_section(nlc_page *self, const char *id, nlc_string title);
void nlc_page_section_end(nlc_page *self);

/* A paragraph of the table of texts. */
void nlc_page_paragraph(nlc_page *self, nlc_string string);

/* Cells of a table: a column's heading (numbers stand right), and a value with its band below it
 * (NaN: a dash). */
void nlc_page_head(nlc_page *self, nlc_string string, bool is_number);
typedef enum { NLC_AS_SHARE, NLC_AS_WHOLE, NLC_AS_TENTHS } nlc_as;
void nlc_page_cell(nlc_page *self, double value, nlc_as as);
void nlc_page_band_cell(nlc_page *self, const double value_low_high[3], nlc_as as);
/* median (p05-p95), in the line of a text; what no run moves has no band. */
void nlc_page_band(nlc_page *self, const double value_low_high[3], nlc_as as);

/* {median, p05, p95} of a course at a month from 0; NaN where the course is NULL. */
void nlc_course_band(const nlc_course *course, uint32_t month, double value_low_high[3]);

/* How readers call a part of the places, a tier, or a unit. */
nlc_word nlc_part_word(const nlc_page *self, nlc_by by, const char *label);
nlc_word nlc_tier_word(const nlc_page *self, const char *tier);
nlc_word nlc_named_word(const nlc_page *self, const char *kind, const char *name);

/* What readers call the dial, lever or parameter of an address (trainings@tier=city): its name, or the
 * address where the table does not know it; and the same in a cell, with the address behind it. */
nlc_word nlc_address_word(const nlc_page *self, const char *address);
void nlc_page_address(nlc_page *self, const char *address);

/* The months, from 0, at which a table shows a course: the last of each year, or more or less often;
 * true also for the last month of all. */
bool nlc_page_shows_month(const nlc_page *self, uint32_t month);

/* The sections; report.c has their order for each kind of folder. */
void nlc_section_title(nlc_page *self);
void nlc_section_summary(nlc_page *self);
void nlc_section_scenarios(nlc_page *self);
void nlc_section_differences(nlc_page *self);
void nlc_section_factors(nlc_page *self);
void nlc_section_outcomes(nlc_page *self);
void nlc_section_asked(nlc_page *self);
void nlc_section_curves(nlc_page *self);
void nlc_section_counted(nlc_page *self);
void nlc_section_roadmap(nlc_page *self);
void nlc_section_flows(nlc_page *self);
void nlc_section_cost(nlc_page *self);
void nlc_section_change(nlc_page *self);
void nlc_section_levers(nlc_page *self);
void nlc_section_parameters(nlc_page *self);
void nlc_section_limits(nlc_page *self);
void nlc_section_provenance(nlc_page *self);

#endif
