/* The resolved text while it is written. Private to the writer, and to variations of a frame, which write
 * the sections that may have changed. */
#ifndef NLC_SCENARIO_WRITE_H
#define NLC_SCENARIO_WRITE_H

#include "plan.h"

typedef struct {
    nlc_text *text; /* borrowed: sections are put behind what it holds */
    nlc_plan *plan; /* borrowed */
    nlc_courses courses;
    nlc_draws draws;    /* the caller's to make and to free */
    nlc_tuples classes; /* (country, tier, wave, group, size) */
    uint32_t *agency;   /* [num_agencies], owned: by (country, id) */
    bool out_of_memory; /* the text may lack something */
} nlc_writer;

/* Free in any case. */
nlc_error nlc_writer_init(nlc_writer *self, nlc_text *text, nlc_plan *plan);
void nlc_writer_free(nlc_writer *self);

/* Sections of the text. Agencies and places ask for schedules, which numbers them, so that those of
 * levers come last. */
void nlc_writer_put_parameters(nlc_writer *self);
nlc_error nlc_writer_put_agencies(nlc_writer *self);
nlc_error nlc_writer_put_places(nlc_writer *self, uint32_t draw);
void nlc_writer_put_levers(nlc_writer *self);

#endif
