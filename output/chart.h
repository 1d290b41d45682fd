/* A small chart of curves with bands, in characters. */
#ifndef NLC_OUTPUT_CHART_H
#define NLC_OUTPUT_CHART_H

#include "nlcsim.h"

#define NLC_CHART_COLUMNS 60
#define NLC_CHART_ROWS    8

/* One curve: shares in [0, 1] for each month, NaN where there is none. */
typedef struct {
    const char *name;
    char letter;                       /* what draws it where there are only letters */
    const double *middle, *low, *high; /* [num_months], borrowed */
} nlc_curve;

/* Appends the chart: NLC_CHART_ROWS lines and an axis with the calendar months of the first, the
 * middle and the last month; at most 80 columns. */
nlc_error nlc_chart_write(const nlc_curve *curves, uint32_t num_curves, uint32_t num_months, int32_t start, bool utf8,
                          nlc_text *text);

#endif
