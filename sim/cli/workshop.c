/* For realpath. */
#define _XOPEN_SOURCE 700

#include "load.h"
#include "moves.h"
#include "orders.h"
#include "page.h"
#include "save.h"
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_OUT "workshop.html"

/* A page on its way from its scenarios to its file; each list has an entry a scenario. */
typedef struct {
    const cli_arguments *arguments;
    cli_moves moves;
    cli_scenario *loaded;         /* owned */
    nlc_text *waves;              /* owned */
    cli_orders *orders;           /* owned */
    char **names;                 /* owned */
    nlc_page_scenario *scenarios; /* owned; what it points to is in the others */
} page;

static bool page_init(page *self, const cli_arguments *arguments)
{
    const size_t num = arguments->num_operands;
    self->arguments = arguments;
    if (cli_moves_init(&self->moves, arguments) != NLC_OK)
        return false;
    self->loaded = calloc(num, sizeof *self->loaded);
    self->waves = calloc(num, sizeof *self->waves);
    self->orders = calloc(num, sizeof *self->orders);
    self->names = calloc(num, sizeof *self->names);
    self->scenarios = calloc(num, sizeof *self->scenarios);
    return self->loaded != NULL && self->waves != NULL && self->orders != NULL && self->names != NULL && self->scenarios != NULL;
}

static void page_free(page *self)
{
    for (uint32_t k = 0; k < self->arguments->num_operands; k++) {
        if (self->loaded != NULL)
            cli_scenario_free(&self->loaded[k]);
        if (self->waves != NULL)
            nlc_text_free(&self->waves[k]);
        if (self->orders != NULL)
            cli_orders_free(&self->orders[k]);
        if (self->names != NULL)
            free(self->names[k]);
    }
    cli_moves_free(&self->moves);
    free(self->loaded);
    free(self->waves);
    free(self->orders);
    free(self->names);
    free(self->scenarios);
}

/* The last part of a path as the file system knows it, so that `.` has a name too. */
static char *folder_name(const char *path)
{
    char *real = realpath(path, NULL);
    const char *slash = real == NULL ? NULL : strrchr(real, '/');
    char *name = slash == NULL ? NULL : strdup(slash + 1);
    free(real);
    return name;
}

/* The settings were read without a complaint before, when the scenario was resolved. */
static int waves_find(page *self, uint32_t k)
{
    size_t num;
    const char *const *texts = cli_values(&self->moves.kept, "set", &num);
    nlc_settings settings = {0};
    nlc_problems problems = {0};
    nlc_error error = nlc_settings_read(&settings, self->loaded[k].folder, texts, num, &problems);
    if (error == NLC_OK)
        error = nlc_scenario_wave_starts(self->loaded[k].folder, &settings, &self->waves[k], &problems);
    nlc_settings_free(&settings);
    nlc_problems_free(&problems);
    return cli_fail(self->arguments, error, self->arguments->operands[k]);
}

/* Resolves it anew without the settings that the page is opened with, once all of them were found to be
 * right. */
static int without_moves(cli_scenario *self, const cli_arguments *kept)
{
    size_t num;
    const char *const *texts = cli_values(kept, "set", &num);
    nlc_settings settings = {0};
    nlc_problems problems = {0};
    free(self->memory);
    self->memory = NULL;
    self->text.length = 0;
    nlc_error error = nlc_settings_read(&settings, self->folder, texts, num, &problems);
    if (error == NLC_OK)
        error = nlc_scenario_write(self->folder, &settings, &self->text, &problems);
    nlc_settings_free(&settings);
    if (error != NLC_OK)
        return cli_tell(kept, error, &problems, kept->operands[0]);
    nlc_problems_free(&problems);
    nlc_resolved_hash(self->text.data, self->text.length, self->hash);
    return cli_scenario_read(self, kept, kept->operands[0]);
}

static int scenario_load(page *self, uint32_t k)
{
    cli_arguments all = *self->arguments, one = self->moves.kept;
    all.operands += k;
    one.operands += k;
    all.num_operands = one.num_operands = 1;
    int code = cli_scenario_load(&self->loaded[k], &all);
    if (code == CLI_DONE && self->moves.num_moved > 0)
        code = without_moves(&self->loaded[k], &one);
    if (code == CLI_DONE)
        code = waves_find(self, k);
    if (code == CLI_DONE)
        code = cli_fail(&one, cli_orders_make(&self->orders[k], &one, &self->loaded[k], self->waves[k].data), one.operands[0]);
    if (code != CLI_DONE)
        return code;
    self->names[k] = folder_name(one.operands[0]);
    if (self->names[k] == NULL)
        return cli_fail(&one, NLC_ERROR_IO, one.operands[0]);
    nlc_page_scenario *scenario = &self->scenarios[k];
    const cli_scenario *loaded = &self->loaded[k];
    *scenario = (nlc_page_scenario){
        .name = self->names[k],
        .path = one.operands[0],
        .resolved = &loaded->resolved,
        .text = loaded->text.data,
        .hash = loaded->hash,
        .length = loaded->text.length,
        .waves = self->waves[k].data,
        .orders = self->orders[k].order,
        .num_orders = self->orders[k].num,
        .moves = self->moves.moved,
        .num_moves = self->moves.num_moved,
    };
    scenario->settings = cli_values(&self->moves.kept, "set", &scenario->num_settings);
    return CLI_DONE;
}

static nlc_error page_put(const void *context, FILE *file)
{
    const page *self = context;
    return nlc_page_write(self->scenarios, self->arguments->num_operands, file);
}

static int address_tell(const page *self, const char *path)
{
    nlc_text address = {0};
    const nlc_error error = cli_page_address(&address, path, self->names[0], &self->moves);
    if (error == NLC_OK)
        printf("written: %s\nlink: %s\n", path, address.data);
    nlc_text_free(&address);
    return cli_fail(self->arguments, error, path);
}

static int page_save(const page *self)
{
    const char *out = cli_value(self->arguments, "out"), *path = out != NULL ? out : STANDARD_OUT;
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL)
        return cli_fail(self->arguments, NLC_ERROR_MEMORY, path);
    const int code = cli_save(self->arguments, folder, slash == NULL ? path : slash + 1, page_put, self);
    free(folder);
    return code == CLI_DONE && !cli_is_given(self->arguments, "quiet") ? address_tell(self, path) : code;
}

static int workshop(const cli_arguments *arguments)
{
    if (!nlc_page_is_built()) {
        cli_complain(arguments->command, "this nlcsim was built without the page; building it with one needs npm, clang, lld and "
                                         "wasi-libc");
        return CLI_FAILED;
    }
    page self = {0};
    int code = page_init(&self, arguments) ? CLI_DONE : cli_fail(arguments, NLC_ERROR_MEMORY, arguments->operands[0]);
    for (uint32_t k = 0; k < arguments->num_operands && code == CLI_DONE; k++)
        code = scenario_load(&self, k);
    if (code == CLI_DONE)
        code = page_save(&self);
    page_free(&self);
    return code;
}

static const cli_option options[] = {
    {.name = "out", .letter = 'o', .kind = CLI_FILE, .argument = "FILE", .standard = STANDARD_OUT, .meaning = "The page to write."},
    CLI_OPTION_SET,
    CLI_OPTION_QUIET,
};

const cli_command cli_workshop = {
    .name = "workshop",
    .operands = "SCENARIO...",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 32,
    .summary = "write a page that runs scenarios in a browser, for a room without internet",
    .description =
        "Writes one HTML file with the engine and the scenarios inside. It opens from a USB stick in any current browser, asks "
        "nothing of a network, and speaks Indonesian, Malay, Filipino and English. Its levers are the dials and levers of --set, "
        "and its numbers are those of nlcsim run, bit for bit: it shows the command line that gives them.\n"
        "Settings of --set at the end of the command that are levers, dials or parameters, of any months and of any tier, wave or "
        "group, are not built in: the page is opened with them, so that its levers stand moved and can be moved back. The link that is printed "
        "opens the page in that state, as a link copied from the page does.\n"
        "Names of leaf places stay out of the file unless the scenario says names=yes.",
    .example = "nlcsim workshop scenarios/philippines-roadmap scenarios/manila-follow-through -o workshop.html",
    .example_means = "Writes a page with two scenarios to choose from.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = workshop,
};
