#include "cli.h"

#include "columns.h"
#include "problems.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reading of a command line stands. */
typedef struct {
    cli_arguments *arguments;
    int next;           /* index of the next word of argv */
    bool only_operands; /* "--" was met */
    bool is_wrong;
} reader;

void cli_complain(const cli_command *command, const char *format, ...)
{
    va_list details;
    va_start(details, format);
    fputs("nlcsim", stderr);
    if (command != NULL)
        fprintf(stderr, " %s", command->name);
    fputs(": ", stderr);
    vfprintf(stderr, format, details);
    fputc('\n', stderr);
    va_end(details);
}

static uint32_t option_index(const cli_command *command, const char *name, size_t length)
{
    for (uint32_t i = 0; i < command->num_options; i++)
        if (strlen(command->options[i].name) == length && memcmp(command->options[i].name, name, length) == 0)
            return i;
    return command->num_options;
}

static uint32_t option_of_letter(const cli_command *command, char letter)
{
    for (uint32_t i = 0; i < command->num_options; i++)
        if (command->options[i].letter == letter)
            return i;
    return command->num_options;
}

/* The option that a command's own code asks for: it must be there. */
static uint32_t option_named(const cli_arguments *self, const char *name)
{
    const uint32_t option = option_index(self->command, name, strlen(name));
    assert(option < self->command->num_options);
    return option;
}

const char *const *cli_values(const cli_arguments *self, const char *name, size_t *num_values)
{
    const uint32_t option = option_named(self, name);
    uint32_t first = 0;
    while (first < self->num_values && self->option[first] != option)
        first++;
    uint32_t end = first;
    while (end < self->num_values && self->option[end] == option)
        end++;
    *num_values = end - first;
    return end > first ? self->values + first : NULL;
}

const char *cli_value(const cli_arguments *self, const char *name)
{
    size_t num_values;
    const char *const *values = cli_values(self, name, &num_values);
    return num_values == 0 ? NULL : values[num_values - 1];
}

bool cli_is_given(const cli_arguments *self, const char *name)
{
    return cli_value(self, name) != NULL;
}

bool cli_has_option(const cli_arguments *self, const char *name)
{
    return option_index(self->command, name, strlen(name)) < self->command->num_options;
}

/* Whole decimal numbers alone: strtoull would take signs, blanks and what overflows. */
static bool number_read(const char *text, uint64_t *number)
{
    *number = 0;
    for (const char *digit = text; *digit != 0; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        const uint64_t value = (uint64_t)(*digit - '0');
        if (*number > (UINT64_MAX - value) / 10)
            return false;
        *number = *number * 10 + value;
    }
    return *text != 0;
}

uint64_t cli_number(const cli_arguments *self, const char *name, uint64_t standard)
{
    const char *text = cli_value(self, name);
    uint64_t number;
    return text != NULL && number_read(text, &number) ? number : standard;
}

/* "a|b|c" as "a, b or c". */
static void words_print(const char *words, FILE *out)
{
    for (const char *at = words; *at != 0; at++)
        if (*at != '|')
            fputc(*at, out);
        else
            fputs(strchr(at + 1, '|') == NULL ? " or " : ", ", out);
}

/* `what` is the name of the option and a blank, or "" for an operand. */
static void complain_of_word(const cli_command *command, const char *what, const char *words, const char *text)
{
    fprintf(stderr, "nlcsim %s: %s'%s': expected ", command->name, what, text);
    words_print(words, stderr);
    fputc('\n', stderr);
}

/* Says what is wrong with the value of an option, if anything. */
static bool is_value_good(const cli_command *command, const cli_option *option, const char *text)
{
    const char *name = option->name;
    uint64_t number;
    char what[40];
    switch (option->kind) {
    case CLI_NUMBER:
        if (number_read(text, &number) && number >= option->low && number <= option->high)
            return true;
        cli_complain(command, "--%s '%s': expected a whole number from %" PRIu64 " to %" PRIu64, name, text, option->low,
                     option->high);
        return false;
    case CLI_WORD:
        if (nlc_choice_find(option->argument, text) != NLC_NONE)
            return true;
        snprintf(what, sizeof what, "--%s ", name);
        complain_of_word(command, what, option->argument, text);
        return false;
    case CLI_SETTING:
        if (strchr(text, '=') != NULL && text[0] != '=')
            return true;
        cli_complain(command, "--%s '%s': expected %s, such as meetings=6", name, text, option->argument);
        return false;
    default:
        if (text[0] != 0)
            return true;
        cli_complain(command, "--%s '': expected %s", name, option->argument);
        return false;
    }
}

/* Values are kept by option, so that those of one option stand together. */
static void value_add(cli_arguments *self, uint32_t option, const char *text)
{
    uint32_t place = self->num_values;
    for (; place > 0 && self->option[place - 1] > option; place--) {
        self->option[place] = self->option[place - 1];
        self->values[place] = self->values[place - 1];
    }
    self->option[place] = option;
    self->values[place] = text;
    self->num_values++;
}

/* `text` is what stood behind the option in the same word, or NULL. */
static void option_take(reader *self, uint32_t index, const char *text)
{
    cli_arguments *arguments = self->arguments;
    const cli_option *option = &arguments->command->options[index];
    if (option->kind == CLI_SWITCH) {
        if (text != NULL)
            cli_complain(arguments->command, "--%s takes no value, but '%s' was given", option->name, text);
        self->is_wrong = self->is_wrong || text != NULL;
        value_add(arguments, index, "");
        return;
    }
    if (text == NULL && self->next < arguments->argc)
        text = arguments->argv[self->next++];
    if (text == NULL) {
        cli_complain(arguments->command, "--%s needs a value: %s", option->name, option->argument);
        self->is_wrong = true;
        return;
    }
    self->is_wrong = !is_value_good(arguments->command, option, text) || self->is_wrong;
    value_add(arguments, index, text);
}

/* The options of a command, and --help, which every command has. */
static const char *option_name(const void *context, uint32_t i)
{
    const cli_command *command = context;
    return i < command->num_options ? command->options[i].name : "help";
}

/* `word` with its dashes; `length` without what an equals sign brings. */
static void complain_of_option(const cli_command *command, const char *word, size_t length)
{
    char name[NLC_HINT_LENGTH], hint[NLC_HINT_LENGTH];
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    const char *nearest = nlc_nearest(name + strspn(name, "-"), option_name, command, command->num_options + 1);
    if (nearest != NULL) {
        snprintf(name, sizeof name, "--%s", nearest);
        cli_complain(command, "'%.*s' is not an option%s", (int)length, word, nlc_hint(hint, name));
    } else
        cli_complain(command, "'%.*s' is not an option; 'nlcsim %s --help' lists them", (int)length, word, command->name);
}

static void long_option_read(reader *self, const char *word)
{
    const cli_command *command = self->arguments->command;
    const char *equals = strchr(word, '=');
    const size_t length = equals == NULL ? strlen(word) : (size_t)(equals - word);
    const uint32_t option = option_index(command, word + 2, length - 2);
    if (option < command->num_options) {
        option_take(self, option, equals == NULL ? NULL : equals + 1);
        return;
    }
    complain_of_option(command, word, length);
    self->is_wrong = true;
}

/* "-o DIR", "-oDIR". */
static void letter_read(reader *self, const char *word)
{
    const cli_command *command = self->arguments->command;
    const uint32_t option = option_of_letter(command, word[1]);
    if (option < command->num_options) {
        option_take(self, option, word[2] == 0 ? NULL : word + 2);
        return;
    }
    complain_of_option(command, word, strlen(word));
    self->is_wrong = true;
}

static void operand_read(reader *self, const char *word)
{
    cli_arguments *arguments = self->arguments;
    const cli_command *command = arguments->command;
    if (arguments->num_operands >= command->max_operands) {
        if (command->max_operands == 0)
            cli_complain(command, "'%s' is too much: there is nothing to name here", word);
        else
            cli_complain(command, "'%s' is one too many; expected %s", word, command->operands);
        self->is_wrong = true;
        return;
    }
    if (command->operand_kind == CLI_WORD && nlc_choice_find(command->operand_words, word) == NLC_NONE) {
        complain_of_word(command, "", command->operand_words, word);
        self->is_wrong = true;
    }
    arguments->operands[arguments->num_operands++] = word;
}

static void word_read(reader *self, const char *word)
{
    if (self->only_operands || word[0] != '-' || word[1] == 0)
        operand_read(self, word);
    else if (strcmp(word, "--") == 0)
        self->only_operands = true;
    else if (word[1] == '-')
        long_option_read(self, word);
    else
        letter_read(self, word);
}

int cli_arguments_init(cli_arguments *self, const cli_command *command, int argc, char **argv, int first)
{
    const size_t room = (size_t)(argc - first) + 1;
    *self = (cli_arguments){.command = command, .argc = argc, .argv = argv};
    self->operands = calloc(room, sizeof *self->operands);
    self->values = calloc(room, sizeof *self->values);
    self->option = calloc(room, sizeof *self->option);
    if (self->operands == NULL || self->values == NULL || self->option == NULL) {
        cli_complain(command, "no memory left");
        return CLI_FAILED;
    }
    reader state = {.arguments = self, .next = first};
    while (state.next < argc) {
        const char *word = argv[state.next++];
        word_read(&state, word);
    }
    if (self->num_operands < command->min_operands && !state.is_wrong) {
        cli_complain(command, "%s is missing; 'nlcsim %s --help' shows an example", command->operands, command->name);
        state.is_wrong = true;
    }
    return state.is_wrong ? CLI_WRONG : CLI_DONE;
}

void cli_arguments_free(cli_arguments *self)
{
    free(self->operands);
    free(self->values);
    free(self->option);
    *self = (cli_arguments){0};
}
