/* The same scenario with its waves in another order: what a page can choose without reading the folder. */
#ifndef NLC_CLI_ORDERS_H
#define NLC_CLI_ORDERS_H

#include "load.h"
#include "page.h"

typedef struct {
    nlc_page_order *order; /* [num], owned with all that it points to */
    size_t num;
} cli_orders;

/* Tries every rule of `waves` but the scenario's own on a scenario that has been loaded with the
 * command's --set: as many waves as it has, at even steps from the first to the last. `waves` is what
 * nlc_scenario_wave_starts gave. Rules that the scenario cannot follow are left out. */
nlc_error cli_orders_make(cli_orders *self, const cli_arguments *arguments, const cli_scenario *scenario, const char *waves);

void cli_orders_free(cli_orders *self);

#endif
