/* Cells of tables and values of keys, checked against the list of columns. */
#ifndef NLC_SCENARIO_CELLS_H
#define NLC_SCENARIO_CELLS_H

#include "columns.h"
#include "problems.h"

/* What is not free text may be this long, in bytes; so may the name of a column. */
#define NLC_CELL_LENGTH 255

/* Tabs, line breaks and their like, which only free text may hold. */
bool nlc_is_control(char letter);

/* A month as people write it. */
typedef enum {
    NLC_WHEN_OPEN,     /* empty: the first or the last month */
    NLC_WHEN_NUMBER,   /* a month number from 1 */
    NLC_WHEN_CALENDAR, /* year * 12 + (month - 1) */
    NLC_WHEN_WAVE,     /* months after the place's own wave began */
} nlc_when_kind;

typedef struct {
    nlc_when_kind kind;
    int32_t value;
} nlc_when;

/* The month number of `when` in a run that starts in calendar month `start`, for a place whose wave
 * begins in month `wave`; may be below 1 or beyond the run. `open` for NLC_WHEN_OPEN. */
int32_t nlc_when_month(nlc_when when, int32_t start, int32_t wave, int32_t open);

/* "2023-07" of year * 12 + month - 1; `text` holds 16 bytes. */
const char *nlc_calendar_text(int32_t calendar, char *text);

/* One cell. Where it is empty or wrong it is not given, and the members say nothing. */
typedef struct {
    const char *text; /* terminated; "" where the column or the cell is empty; lives until the next row */
    double number;    /* as a float holds it; NaN where not given */
    double exact;     /* as it is written, for models that compute in doubles */
    uint64_t whole;
    uint32_t choice; /* NLC_NONE where not given */
    nlc_when when;
    bool given;
    bool bad; /* a problem has been reported */
} nlc_value;

/* Checks `text` as a cell of `column`. */
nlc_value nlc_value_read(const nlc_column *column, const char *text, bool decimal_comma, nlc_where where, nlc_problems *problems);

#endif
