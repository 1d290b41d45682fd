#include "progress.h"

#include "interrupt.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A terminal is repainted, and JSON written, at most this often; a reader sees no more. */
static const double interval = 0.1;

double cli_seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_duration_write(double seconds, char *text, size_t size)
{
    if (seconds < 1.0)
        snprintf(text, size, "less than a second");
    else if (seconds < 1.5)
        snprintf(text, size, "1 second");
    else if (seconds < 90.0)
        snprintf(text, size, "%.0f seconds", seconds);
    else if (seconds < 5400.0)
        snprintf(text, size, "%.0f minutes", seconds / 60.0);
    else
        snprintf(text, size, "%.0f hours", seconds / 3600.0);
}

void cli_progress_init(cli_progress *self, const cli_arguments *arguments)
{
    const char *how = cli_value(arguments, "progress");
    const bool is_json = how != NULL && strcmp(how, "json") == 0;
    const bool is_line = !is_json && !cli_is_given(arguments, "quiet") && isatty(STDERR_FILENO) == 1;
    *self = (cli_progress){.is_json = is_json, .is_line = is_line, .started = cli_seconds_now()};
}

static void json_show(const cli_progress *self, double elapsed, double left)
{
    fprintf(stderr, "{\"done\":%u,\"total\":%u,\"elapsed_seconds\":%.1f,", self->done, self->total, elapsed);
    if (self->done > 0)
        fprintf(stderr, "\"seconds_left\":%.1f}\n", left);
    else
        fputs("\"seconds_left\":null}\n", stderr);
}

static void line_show(cli_progress *self, double elapsed, double left)
{
    char time_left[40] = "";
    if (elapsed >= 1.0 && self->done > 0)
        cli_duration_write(left, time_left, sizeof time_left);
    const unsigned percent = self->total == 0 ? 100 : (unsigned)(100.0 * self->done / self->total);
    fprintf(stderr, "\r%3u %% of %u runs%s%s\033[K", percent, self->total, time_left[0] == 0 ? "" : ", left: ", time_left);
    fflush(stderr);
    self->has_line = true;
}

bool cli_progress_tick(void *context, uint32_t done, uint32_t total)
{
    cli_progress *self = context;
    const double now = cli_seconds_now();
    const bool is_due = now - self->shown >= interval || (done == total && self->done != total);
    self->done = done;
    self->total = total;
    if (is_due && (self->is_json || self->is_line)) {
        const double elapsed = now - self->started;
        const double left = done == 0 ? 0.0 : elapsed * (total - done) / done;
        if (self->is_json)
            json_show(self, elapsed, left);
        else
            line_show(self, elapsed, left);
        self->shown = now;
    }
    return cli_interrupt_signal() == 0;
}

void cli_progress_end(cli_progress *self)
{
    if (self->has_line)
        fputs("\r\033[K", stderr);
    self->has_line = false;
}
