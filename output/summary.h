/* What a user sees after a run: one screen. */
#ifndef NLC_OUTPUT_SUMMARY_H
#define NLC_OUTPUT_SUMMARY_H

#include "results.h"

/* Appends about 24 lines of at most 80 columns: a chart of the shares of places that have a plan and
 * whose plan functions, the same in numbers with the paper-plan gap and the service that the levers
 * get, months to 25, 50 and 75 %, information down (in all and by kind) and up, and the cost. Everything carries
 * its band over the runs. A line whose measures the model does not have is left out. With `utf8`
 * the chart is made of Braille dots, else of letters. */
nlc_error nlc_results_summarise(const nlc_results *what, bool utf8, nlc_text *text);

#endif
