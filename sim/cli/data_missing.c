/* Runs without the output: because it was not reached within their months, because it had no meaning in
 * them, or because their model has no such outcome. */
#include "data.h"

#include "findings.h"
#include "nlcsim.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Whether a model has the outcome that a column of the runs is named after: OUTCOME or OUTCOME.tier.city. */
static bool has_outcome(const nlc_model *model, const char *column)
{
    const size_t length = strcspn(column, ".");
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        if (strlen(model->outcomes[k].name) == length && memcmp(model->outcomes[k].name, column, length) == 0)
            return true;
    return false;
}

bool cli_data_has_outcome(const cli_data *self, const char *column, uint32_t run)
{
    if (self->model_column == NLC_NONE)
        return true;
    const char *name = nlc_sheet_cell(&self->points, self->point[run], self->model_column);
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++)
        if (strcmp((*model)->name, name) == 0)
            return has_outcome(*model, column);
    return true;
}

static bool is_wait(const cli_data *self)
{
    return strncmp(self->output_name, "months_to_", 10) == 0;
}

void cli_data_fill_empty(cli_data *self, double value)
{
    for (uint32_t i = 0; i < self->num_runs; i++)
        if (isnan(self->output[i]) && cli_data_has_outcome(self, self->output_name, i)) {
            self->output[i] = value;
            self->num_filled++;
        }
    self->filled_with = value;
}

void cli_data_wait_forever(cli_data *self)
{
    if (is_wait(self))
        cli_data_fill_empty(self, INFINITY);
}

/* ---- What is said of them ---------------------------------------------------------------------- */

typedef struct {
    uint32_t of_other_models, empty;
} missing;

static missing missing_of(const cli_data *self)
{
    missing found = {0, 0};
    for (uint32_t i = 0; i < self->num_runs; i++) {
        if (!isnan(self->output[i]))
            continue;
        if (cli_data_has_outcome(self, self->output_name, i))
            found.empty++;
        else
            found.of_other_models++;
    }
    return found;
}

static void empty_say(const cli_data *self, uint32_t num)
{
    const cli_command *command = self->arguments->command;
    const char *name = self->output_name;
    if (is_wait(self))
        cli_complain(command,
                     "warning: %u of %u runs did not reach %s within their months and are left out, which makes what is slow look "
                     "fast; --empty M counts them as month M",
                     num, self->num_runs, name);
    else
        cli_complain(command, "warning: %u of %u runs have no %s and are left out", num, self->num_runs, name);
}

static void filled_say(const cli_data *self)
{
    const cli_command *command = self->arguments->command;
    const char *name = self->output_name;
    if (isinf(self->filled_with))
        cli_complain(command, "note: %u of %u runs did not reach %s within their months; they count as later than any month",
                     self->num_filled, self->num_runs, name);
    else
        cli_complain(command, "note: %u of %u runs have no %s; they count as %g", self->num_filled, self->num_runs, name,
                     self->filled_with);
}

void cli_data_missing_tell(const cli_data *self, cli_findings *findings)
{
    const missing found = missing_of(self);
    const bool is_shown = !cli_is_given(self->arguments, "quiet");
    if (found.of_other_models > 0 && is_shown)
        cli_complain(self->arguments->command, "warning: %u of %u runs are of models that have no %s and are left out",
                     found.of_other_models, self->num_runs, self->output_name);
    if (found.empty > 0 && is_shown && (self->is_study || is_wait(self)))
        empty_say(self, found.empty);
    if (self->num_filled > 0 && is_shown)
        filled_say(self);
    if (found.of_other_models > 0)
        cli_findings_plain(findings, "(runs of models without it)", "share", (double)found.of_other_models / self->num_runs,
                           self->num_runs);
    if (found.empty + self->num_filled > 0)
        cli_findings_plain(findings, is_wait(self) ? "(runs that did not reach it)" : "(runs without it)", "share",
                           (double)(found.empty + self->num_filled) / self->num_runs, self->num_runs);
}
