#include "load.h"

#include "interrupt.h"
#include "scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cli_fail(const cli_arguments *arguments, nlc_error error, const char *path)
{
    const cli_command *command = arguments->command;
    switch (error) {
    case NLC_OK:
        return CLI_DONE;
    case NLC_ERROR_INPUT:
        return CLI_WRONG;
    case NLC_ERROR_IO:
        cli_complain(command, "%s: %s", path, errno != 0 ? strerror(errno) : nlc_error_text(error));
        return CLI_FAILED;
    case NLC_ERROR_INTERRUPTED:
        return CLI_SIGNALLED + cli_interrupt_signal();
    default:
        cli_complain(command, "%s: %s", path, nlc_error_text(error));
        return CLI_FAILED;
    }
}

int cli_fail_with(const cli_arguments *arguments, nlc_error error, nlc_text *text)
{
    const bool is_said = error == NLC_ERROR_IO && text->length > 0;
    if (is_said)
        fwrite(text->data, 1, text->length, stderr);
    nlc_text_free(text);
    return is_said ? CLI_FAILED : cli_fail(arguments, error, arguments->operands[0]);
}

static bool is_quiet(const cli_arguments *arguments)
{
    return cli_has_option(arguments, "quiet") && cli_is_given(arguments, "quiet");
}

int cli_tell(const cli_arguments *arguments, nlc_error error, nlc_problems *problems, const char *path)
{
    nlc_text text = {0};
    const nlc_error told = nlc_problems_write(problems, &text);
    if (text.length > 0 && (error != NLC_OK || !is_quiet(arguments)))
        fwrite(text.data, 1, text.length, stderr);
    const bool is_said = error == NLC_ERROR_IO && text.length > 0;
    nlc_text_free(&text);
    nlc_problems_free(problems);
    if (is_said)
        return CLI_FAILED;
    return cli_fail(arguments, told == NLC_OK ? error : told, path);
}

/* The settings of --set, then those that have options of their own. */
typedef struct {
    const char **texts; /* [num], owned; the texts are borrowed */
    size_t num;
    char seed[64], replicates[64];
} setting_texts;

static void setting_add(setting_texts *self, const cli_arguments *arguments, const char *name, char text[64])
{
    const char *value = cli_has_option(arguments, name) ? cli_value(arguments, name) : NULL;
    if (value == NULL)
        return;
    snprintf(text, 64, "scenario.%s=%s", name, value);
    self->texts[self->num++] = text;
}

static bool setting_texts_init(setting_texts *self, const cli_arguments *arguments)
{
    const char *const *given = cli_values(arguments, "set", &self->num);
    self->texts = calloc(self->num + 2, sizeof *self->texts);
    if (self->texts == NULL)
        return false;
    for (size_t k = 0; k < self->num; k++)
        self->texts[k] = given[k];
    setting_add(self, arguments, "seed", self->seed);
    setting_add(self, arguments, "replicates", self->replicates);
    return true;
}

_Static_assert(CLI_HASH_LENGTH == NLC_HASH_LENGTH, "a hash has room");

/* Mistakes in the folder and in the settings are reported together. */
static nlc_error folder_resolve(cli_scenario *self, const cli_arguments *arguments, nlc_problems *problems)
{
    setting_texts texts = {0};
    nlc_settings settings = {0};
    self->folder = calloc(1, sizeof *self->folder);
    if (self->folder == NULL || !setting_texts_init(&texts, arguments))
        return NLC_ERROR_MEMORY;
    nlc_error error = nlc_scenario_load(self->folder, arguments->operands[0], nlc_models(), problems);
    if (error == NLC_OK || error == NLC_ERROR_INPUT) {
        const nlc_error settings_error = nlc_settings_read(&settings, self->folder, texts.texts, texts.num, problems);
        error = error == NLC_OK ? settings_error : error;
    }
    if (error == NLC_OK)
        error = nlc_scenario_write(self->folder, &settings, &self->text, problems);
    if (error == NLC_OK)
        nlc_resolved_hash(self->text.data, self->text.length, self->hash);
    nlc_settings_free(&settings);
    free(texts.texts);
    return error;
}

int cli_scenario_resolve(cli_scenario *self, const cli_arguments *arguments)
{
    *self = (cli_scenario){0};
    const char *path = arguments->operands[0];
    nlc_problems problems = {0};
    errno = 0;
    const nlc_error error = folder_resolve(self, arguments, &problems);
    const int code = cli_tell(arguments, error, &problems, path);
    return code == CLI_DONE && cli_interrupt_signal() != 0 ? cli_fail(arguments, NLC_ERROR_INTERRUPTED, path) : code;
}

int cli_scenario_read(cli_scenario *self, const cli_arguments *arguments, const char *path)
{
    enum { ALIGNMENT = 64 };
    const size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    if (size == 0) {
        cli_complain(arguments->command, "%s: this is not a resolved scenario of a model that this program has", path);
        return CLI_WRONG;
    }
    self->memory_size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    self->memory = aligned_alloc(ALIGNMENT, self->memory_size);
    if (self->memory == NULL)
        return cli_fail(arguments, NLC_ERROR_MEMORY, path);
    nlc_resolved_problem problem = {0};
    const nlc_error error =
        nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->resolved, &problem);
    if (error == NLC_ERROR_INPUT)
        cli_complain(arguments->command, "%s:%u: %s", path, problem.line, problem.message);
    return cli_fail(arguments, error, path);
}

static nlc_error observed_list(cli_scenario *self)
{
    self->num_observed = self->folder->num_observations;
    self->observed = malloc((self->num_observed * (size_t)NLC_NUM_OBSERVED_COLUMNS + 1) * sizeof *self->observed);
    if (self->observed == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t row = 0; row < self->num_observed; row++)
        for (size_t k = 0; k < NLC_NUM_OBSERVED_COLUMNS; k++)
            self->observed[row * NLC_NUM_OBSERVED_COLUMNS + k] = self->folder->observation[row].text[k];
    return NLC_OK;
}

int cli_scenario_load(cli_scenario *self, const cli_arguments *arguments)
{
    const char *path = arguments->operands[0];
    const int code = cli_scenario_resolve(self, arguments);
    if (code != CLI_DONE)
        return code;
    const nlc_error error = observed_list(self);
    return error == NLC_OK ? cli_scenario_read(self, arguments, path) : cli_fail(arguments, error, path);
}

void cli_scenario_free(cli_scenario *self)
{
    if (self->folder != NULL)
        nlc_scenario_free(self->folder);
    free(self->folder);
    nlc_text_free(&self->text);
    free(self->memory);
    free(self->observed);
    *self = (cli_scenario){0};
}
