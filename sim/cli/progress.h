/* What a waiting user sees on the standard error: how much is done and how long the rest will take. */
#ifndef NLC_CLI_PROGRESS_H
#define NLC_CLI_PROGRESS_H

#include "cli.h"

typedef struct {
    bool is_json, is_line; /* neither: nothing is shown */
    bool has_line;         /* a line stands on the terminal and must be wiped */
    double started, shown; /* seconds of the monotonic clock */
    uint32_t done, total;
} cli_progress;

/* Reads --quiet and --progress of the command. */
void cli_progress_init(cli_progress *self, const cli_arguments *arguments);

/* For nlc_ensemble_options: `context` is the progress. False once the user has interrupted. */
bool cli_progress_tick(void *context, uint32_t done, uint32_t total);

/* Leaves the terminal clean. Legal twice. */
void cli_progress_end(cli_progress *self);

/* Seconds of a clock that only runs forward. */
double cli_seconds_now(void);

/* "40 seconds", "3 minutes", "2 hours": rounded as one would say it. */
void cli_duration_write(double seconds, char *text, size_t size);

#endif
