/* Design points that share a network.
 *
 * Resolving a scenario is mostly writing its nodes and channels. Where settings change parameters and
 * levers alone, all of that stays the same: a *frame* is a scenario resolved once, and a *variation* is
 * what one design point changes of it, with the hash that the whole resolved text would have. */
#ifndef NLC_SCENARIO_FRAME_H
#define NLC_SCENARIO_FRAME_H

#include "scenario.h"

typedef struct {
    const nlc_scenario *scenario; /* borrowed */
    nlc_text text;                /* the resolved text, owned */
    void *memory;                 /* owned: what `resolved` points into */
    nlc_resolved resolved;
    char (*section)[NLC_HASH_LENGTH + 1]; /* [num_sections], owned: their hashes, in the order of the text */
    uint32_t num_sections;
    uint32_t *wave;     /* [num_draws][num_nodes], owned: as schedules are asked for */
    uint32_t *schedule; /* [num_agencies + num_draws * num_nodes], owned: of the resolved text */
} nlc_frame;

/* Resolves a scenario with the settings that make networks: keys, and parameters that rules read.
 * NLC_ERROR_INPUT with the problems added. Free in any case. */
nlc_error nlc_frame_init(nlc_frame *self, const nlc_scenario *scenario, const nlc_settings *settings, nlc_problems *problems);
void nlc_frame_free(nlc_frame *self);

/* True if a setting must be given to nlc_frame_init, since it may change more than parameters and
 * levers. `waves_vary` says that other settings may choose the rule of the waves. */
bool nlc_setting_makes_frames(const nlc_setting *self, const nlc_scenario *scenario, bool waves_vary);

typedef struct {
    char hash[NLC_HASH_LENGTH + 1]; /* of the resolved scenario */
    float *parameters;              /* [num_parameters], owned */
    uint32_t num_schedules, num_courses;
    uint32_t *schedule;  /* [num_agencies + num_draws * num_nodes], owned: agencies first, then each draw's nodes */
    uint32_t *course_of; /* [num_schedules][num_levers], owned */
    float *course;       /* [num_courses][num_months], owned */
} nlc_variation;

/* What all settings of a design point make of a frame; those that made the frame among them.
 * NLC_ERROR_INPUT with the problems added. Free in any case. */
nlc_error nlc_variation_init(nlc_variation *self, const nlc_frame *frame, const nlc_settings *settings, nlc_problems *problems);
void nlc_variation_free(nlc_variation *self);

/* Private to the reader: hashes of sections, and of the whole by those of its sections. */
void nlc_section_hash(const char *text, size_t length, char hex[NLC_HASH_LENGTH + 1]);
void nlc_sections_hash(const char (*section)[NLC_HASH_LENGTH + 1], uint32_t num, char hex[NLC_HASH_LENGTH + 1]);

/* The section that begins at or behind `at`, up to [run]; its length, or 0 where there is none. */
size_t nlc_section_find(const char *text, size_t length, size_t *at);

#endif
