/* Scenarios: a folder is read once, and resolved as often as settings change.
 *
 *     nlc_scenario scenario;
 *     nlc_problems problems = {0};
 *     nlc_error error = nlc_scenario_load(&scenario, "scenarios/manila", nlc_models(), &problems);
 *     nlc_settings settings;
 *     if (!error) error = nlc_settings_read(&settings, &scenario, texts, num_texts, &problems);
 *     if (!error) error = nlc_scenario_write(&scenario, &settings, &resolved, &problems);
 */
#ifndef NLC_SCENARIO_SCENARIO_H
#define NLC_SCENARIO_SCENARIO_H

#include "tables.h"

/* Reads the scenario folder at `path` with all that it extends. `models` ends with NULL and must
 * outlive the scenario. NLC_ERROR_INPUT where anything in it is wrong: every problem has been added
 * to `problems`, whose file names live as long as the scenario. Free it in any case. */
nlc_error nlc_scenario_load(nlc_scenario *self, const char *path, const nlc_model *const *models, nlc_problems *problems);

/* What has named a folder: where, which problems with its path are said to be at, and the model that it is to
 * run, whatever it says itself; NULL for its own. */
typedef struct {
    nlc_where where;
    const char *model;
} nlc_naming;

/* Likewise for a folder that something else names. */
nlc_error nlc_scenario_load_as(nlc_scenario *self, const char *path, const nlc_model *const *models, const nlc_naming *naming,
                               nlc_problems *problems);
void nlc_scenario_free(nlc_scenario *self);

/* ---- Settings: --set, factors, sliders --------------------------------------------------------- */

typedef enum { NLC_SETTING_PARAMETER, NLC_SETTING_LEVER, NLC_SETTING_DIAL, NLC_SETTING_SCENARIO } nlc_setting_kind;
typedef enum { NLC_CHANGE_NONE, NLC_CHANGE_SET, NLC_CHANGE_SCALE, NLC_CHANGE_ADD } nlc_change;

/* An address, [parameter.|lever.|dial.|scenario.]NAME[@under=X,tier=Y,wave=Z,group=G,from=M,to=M], and
 * where it has one, a value behind `=`, `*=` or `+=`. Months are written as in levers.csv, both included. */
typedef struct {
    nlc_setting_kind kind;
    uint32_t index; /* parameter, lever, nlc_dial or nlc_key */
    nlc_selector selector;
    nlc_when from, to; /* of a lever or dial */
    bool selects;      /* something stands behind @ */
    nlc_change change;
    float number;    /* of a parameter, lever or dial */
    nlc_value value; /* of a key; its text is in the scenario's arena */
    nlc_where where;
} nlc_setting;

typedef struct {
    nlc_setting *setting; /* [num], owned */
    uint32_t num;
} nlc_settings;

/* Reads settings as for --set, in order. Problems are reported with the setting in place of a file.
 * Texts and labels are kept in the scenario. Free in any case. */
nlc_error nlc_settings_read(nlc_settings *self, nlc_scenario *scenario, const char *const *text, size_t num,
                            nlc_problems *problems);
void nlc_settings_free(nlc_settings *self);

/* Reads an address without a value, as in factors.csv; `where` is what it is reported with.
 * NLC_ERROR_INPUT where it is wrong. */
nlc_error nlc_address_read(nlc_setting *self, nlc_scenario *scenario, const char *text, nlc_where where, nlc_problems *problems);

/* ---- Resolving --------------------------------------------------------------------------------- */

/* Appends the resolved scenario (RESOLVED.md) with the settings applied. NLC_ERROR_INPUT with the
 * problems added where the whole makes no sense; `resolved` is then to be thrown away. */
nlc_error nlc_scenario_write(const nlc_scenario *self, const nlc_settings *settings, nlc_text *resolved, nlc_problems *problems);

/* Appends a line a wave: its label, a TAB, and the month in which it begins, which may lie outside
 * the run. The wave without a label, which is that of places in none, begins in month 1. */
nlc_error nlc_scenario_wave_starts(const nlc_scenario *self, const nlc_settings *settings, nlc_text *starts,
                                   nlc_problems *problems);

/* Adds the problems that resolving a scenario would find, without networks. Loading does this where
 * tables are wrong, so that all problems come out at once. */
nlc_error nlc_scenario_check(const nlc_scenario *self, nlc_problems *problems);

/* Hexadecimal SHA-256 over the hashes of the sections [scenario] to [levers] of a resolved text. */
#define NLC_HASH_LENGTH 64
void nlc_resolved_hash(const char *text, size_t length, char hex[NLC_HASH_LENGTH + 1]);

/* ---- New scenarios ----------------------------------------------------------------------------- */

/* Makes a scenario folder at `path`, which must not exist or be empty, from the table of nodes at
 * `table`. Columns are recognised by common names; those that are not are dropped, and `problems`
 * notes them. NLC_ERROR_INPUT or NLC_ERROR_IO with the problem added; nothing is then left at `path`. */
nlc_error nlc_scenario_new(const char *path, const char *table, const nlc_model *model, nlc_problems *problems);

#endif
