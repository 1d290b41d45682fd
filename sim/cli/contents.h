/* What a scenario contains, on one screen. */
#ifndef NLC_CLI_CONTENTS_H
#define NLC_CLI_CONTENTS_H

#include "nlcsim.h"

/* The left column of the screen is this wide; cli_contents_label fills it. */
enum { CLI_LABEL_WIDTH = 12 };
void cli_contents_label(const char *label);

/* Prints title, model, months, countries, tiers, channels, waves, levers and draws. NLC_ERROR_MEMORY. */
nlc_error cli_contents_print(const nlc_resolved *scenario);

#endif
