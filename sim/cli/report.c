#include "load.h"

#include "report/report.h"
#include "save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the page goes: its folder, and its name without `.html`, from which figures are named too. */
typedef struct {
    nlc_text path, folder, stem; /* owned */
} place;

static void place_free(place *self)
{
    nlc_text_free(&self->path);
    nlc_text_free(&self->folder);
    nlc_text_free(&self->stem);
}

static nlc_error place_find(place *self, const cli_arguments *arguments)
{
    const char *out = cli_value(arguments, "out");
    nlc_error error = out != NULL ? nlc_text_print(&self->path, "%s", out)
                                  : nlc_text_print(&self->path, "%s/report.html", arguments->operands[0]);
    if (error != NLC_OK)
        return error;
    const char *slash = strrchr(self->path.data, '/');
    const char *name = slash == NULL ? self->path.data : slash + 1;
    const char *end = strrchr(name, '.');
    const int length = (int)(end == NULL || end == name ? strlen(name) : (size_t)(end - name));
    error = slash == NULL ? nlc_text_print(&self->folder, ".")
                          : nlc_text_print(&self->folder, "%.*s", slash == self->path.data ? 1 : (int)(slash - self->path.data),
                                           self->path.data);
    return error == NLC_OK ? nlc_text_print(&self->stem, "%.*s", length, name) : error;
}

static nlc_error text_write(const void *context, FILE *file)
{
    const nlc_text *text = context;
    return fwrite(text->data, 1, text->length, file) == text->length ? NLC_OK : NLC_ERROR_IO;
}

static int figures_write(const cli_arguments *arguments, const nlc_report *report, const place *place)
{
    int code = CLI_DONE;
    for (uint32_t k = 0; k < report->num_figures && code == CLI_DONE; k++) {
        nlc_text name = {0};
        code = cli_fail(arguments, nlc_text_print(&name, "%s-%s.svg", place->stem.data, report->figures[k].name), place->path.data);
        if (code == CLI_DONE)
            code = cli_save(arguments, place->folder.data, name.data, text_write, &report->figures[k].svg);
        nlc_text_free(&name);
    }
    return code;
}

/* The page comes last: who sees it has its pictures too. */
static int files_write(const cli_arguments *arguments, const nlc_report *report)
{
    place place = {{0}, {0}, {0}};
    int code = cli_fail(arguments, place_find(&place, arguments), arguments->operands[0]);
    if (code == CLI_DONE && cli_is_given(arguments, "figures"))
        code = figures_write(arguments, report, &place);
    if (code == CLI_DONE) {
        const char *slash = strrchr(place.path.data, '/');
        code = cli_save(arguments, place.folder.data, slash == NULL ? place.path.data : slash + 1, text_write, &report->html);
    }
    if (code == CLI_DONE && !cli_is_given(arguments, "quiet"))
        printf("report: %s\n", place.path.data);
    place_free(&place);
    return code;
}

static int report_run(const cli_arguments *arguments)
{
    nlc_language language = NLC_LANGUAGE_EN;
    const char *code_given = cli_value(arguments, "lang");
    if (code_given != NULL)
        nlc_language_find(code_given, &language);
    nlc_report report = {0};
    nlc_problems problems = {0};
    const nlc_error error = nlc_report_make(&report, arguments->operands[0], language, &problems);
    int code = cli_tell(arguments, error, &problems, arguments->operands[0]);
    if (code == CLI_DONE)
        code = files_write(arguments, &report);
    nlc_report_free(&report);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FILE,
     .argument = "FILE.html",
     .standard = "report.html in DIR",
     .meaning = "The page to write. One that stands there is replaced."},
    {.name = "lang",
     .kind = CLI_WORD,
     .argument = "en|id|ms|fil",
     .standard = "en",
     .meaning = "The language: English, Bahasa Indonesia, Bahasa Melayu or Filipino, with numbers and months as it writes them. "
                "Texts of the scenario stay as they are."},
    {.name = "figures",
     .kind = CLI_SWITCH,
     .meaning = "Also write each picture as a file of its own, named after the page: report-curves.svg and so on."},
    CLI_OPTION_QUIET,
};

const cli_command cli_report = {
    .name = "report",
    .operands = "DIR",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "write a page to read and print about a results folder",
    .description =
        "Makes one HTML page from the results folder DIR: what was asked, how plans spread with their bands, the roadmap, "
        "information and support down and up, cost, the levers over time, the parameters with what they rest on, what the page is "
        "not, and how to make the results again.\n"
        "Of a comparison it shows the differences, and the choice that --best made; of a study, boxes of the runs of the best "
        "design points and of each value of each factor, and the tables that `nlcsim analyse METHOD DIR -o DIR` left in its "
        "folder; those made before the study was run again with other results are left out, which is said.\n"
        "The page needs no script and no network, and prints to A4. It is made from the folder alone, so it can be made later and "
        "on "
        "another machine.",
    .example = "nlcsim report philippines-roadmap-results --lang id -o roadmap.html --figures",
    .example_means = "Writes the report in Bahasa Indonesia, and its pictures beside it.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = report_run,
};
