/* The workshop page: one HTML file with the engine and resolved scenarios inside. */
#ifndef NLC_OUTPUT_PAGE_H
#define NLC_OUTPUT_PAGE_H

#include "nlcsim.h"

#include <stdio.h>

/* The settings that make a scenario one with its waves in another order. */
#define NLC_PAGE_ORDER_SETTINGS 4

typedef struct {
    char rule[16];                          /* a word of the key `waves` */
    char *setting[NLC_PAGE_ORDER_SETTINGS]; /* as --set takes them */
    char *text, *waves;                     /* as of the scenario */
    size_t length;
    char hash[65];
} nlc_page_order;

/* A scenario as the page gets it; everything is borrowed. */
typedef struct {
    const char *name;            /* of its folder */
    const char *path;            /* as the command line that the page shows is to call it */
    const char *const *settings; /* [num_settings], each --set that is in `text` already */
    size_t num_settings;
    const char *const *moves; /* [num_moves], each --set that the page is opened with, and that can be moved back */
    size_t num_moves;
    const nlc_resolved *resolved;
    const char *text, *hash; /* of the resolved scenario */
    size_t length;
    const char *waves;            /* of nlc_scenario_wave_starts */
    const nlc_page_order *orders; /* [num_orders]: the same places, in other waves */
    size_t num_orders;
} nlc_page_scenario;

/* False where the program was built without the page, for want of npm or of a compiler to WebAssembly. */
bool nlc_page_is_built(void);

/* Writes the page. Names of leaf places go in only where the scenario says names=yes. NLC_ERROR_IO
 * where the file fails; NLC_ERROR_MEMORY. */
nlc_error nlc_page_write(const nlc_page_scenario *scenarios, size_t num_scenarios, FILE *file);

#endif
