/* Treatments: settings applied to a resolved scenario without the folder that it came from.
 *
 * A schedule of a resolved scenario may be shared by places that a setting can tell apart, or whose
 * waves begin in different months. A treatment is a schedule of places of one class, or of one
 * agency; its levers with further settings follow from the resolved values, because a setting comes
 * after all rows, and a lever that waits for its wave is 0 before it whatever the rows say. The
 * levers are the same floats that nlc_scenario_write resolves with these settings.
 *
 * Nothing is allocated and nothing but the core is called, so that the workshop page holds this file
 * too. */
#ifndef NLC_SCENARIO_TREATMENT_H
#define NLC_SCENARIO_TREATMENT_H

#include "course.h"

typedef struct {
    uint32_t schedule, class; /* class is NLC_NONE for an agency */
    uint32_t country;
    nlc_who who;
    uint32_t wave; /* index into the labels; 0 for an agency */
} nlc_treatment;

/* A setting on a lever. A tier, wave or group selects places alone; NLC_NONE selects all. */
typedef struct {
    uint32_t lever, how;
    float value;
    int32_t from, to; /* months, both included; outside the run they mean its ends */
    uint32_t country, tier, wave, group;
    bool from_wave, to_wave; /* counted from the first month of the place's own wave, which is then 0 */
} nlc_treatment_row;

typedef struct {
    nlc_resolved scenario;        /* to run: like the resolved one, with treatments in place of schedules */
    const nlc_resolved *resolved; /* borrowed */
    const int32_t *wave_start;    /* [waves.num], borrowed: the first month of each wave */
    nlc_treatment *treatment;     /* [num] */
    uint32_t num, most;
    uint32_t *number;           /* [num_schedules][num_classes], treatments + 1 */
    uint16_t *segment_of_month; /* [num_months + 1] */
    float *levers;              /* [num_months][num][num_levers] at most; of the caller */
} nlc_treatments;

/* Bytes of memory that nlc_treatments_init needs; aligned to 8. */
size_t nlc_treatments_size(const nlc_resolved *resolved);

/* Finds the treatments. The levers are still to be given room, and applied. */
void nlc_treatments_init(nlc_treatments *self, const nlc_resolved *resolved, const int32_t *wave_start, void *memory);

/* Bytes of `levers`. */
size_t nlc_treatments_levers_size(const nlc_treatments *self);

/* Fills the levers with the resolved ones and these settings, in order. Returns the lever that a
 * setting moved out of its bounds, or NLC_NONE; what is filled must then not be run. */
uint32_t nlc_treatments_apply(nlc_treatments *self, const nlc_treatment_row *rows, uint32_t num_rows);

#endif
