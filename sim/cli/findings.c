#include "findings.h"

#include "csv.h"
#include "problems.h"
#include "save.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Above the numbers in front of items. */
#define POINT "point"

enum {
    MOST_SHOWN = 20,
    LEAST_WIDE = 34,
    MOST_WIDE = 72,
    SCREEN_WIDE = 100,
    MOST_MEASURES = 8,
    NUMBER_LENGTH = 64,
    LINE_LENGTH = 512
};

void cli_findings_free(cli_findings *self)
{
    free(self->finding);
    nlc_arena_free(&self->arena);
    *self = (cli_findings){0};
}

void cli_findings_add(cli_findings *self, const char *item, const char *measure, nlc_estimate estimate, double n)
{
    cli_finding *grown = nlc_grown(self->finding, &self->capacity, self->num + 1, sizeof *grown);
    self->finding = grown != NULL ? grown : self->finding;
    /* Figures of one item mostly follow each other. */
    const bool is_same = self->num > 0 && strcmp(self->finding[self->num - 1].item, item) == 0;
    const char *copy = is_same ? self->finding[self->num - 1].item : nlc_arena_text(&self->arena, item, strlen(item));
    self->is_broken = self->is_broken || grown == NULL || copy == NULL;
    if (!self->is_broken)
        self->finding[self->num++] = (cli_finding){self->output, self->number, copy, measure, estimate, n};
}

void cli_findings_plain(cli_findings *self, const char *item, const char *measure, double value, double n)
{
    cli_findings_add(self, item, measure, (nlc_estimate){value, NAN, NAN, NAN}, n);
}

/* ---- The screen -------------------------------------------------------------------------------- */

static const cli_finding *find(const cli_findings *self, const char *item, const char *measure)
{
    for (size_t k = 0; k < self->num; k++)
        if (strcmp(self->finding[k].measure, measure) == 0 && strcmp(self->finding[k].item, item) == 0)
            return &self->finding[k];
    return NULL;
}

static double rank_of(const cli_layout *layout, double value)
{
    if (!layout->is_ranked)
        return 0;
    const double size = layout->by_size ? fabs(value) : value;
    return isnan(size) ? INFINITY : layout->is_rising ? size : -size;
}

/* Items with the measure that ranks, in order; returns how many there are. */
static uint32_t rank(const cli_findings *self, const cli_layout *layout, nlc_placed *placed)
{
    uint32_t num = 0;
    for (size_t k = 0; k < self->num; k++)
        if (strcmp(self->finding[k].measure, layout->measures[0]) == 0)
            placed[num++] = (nlc_placed){rank_of(layout, self->finding[k].estimate.value), (uint32_t)k};
    nlc_placed_sort(placed, num);
    return num;
}

/* "0.312 [0.21, 0.41]", or "-" for what does not apply. */
static void figure_write(const cli_finding *finding, char text[NUMBER_LENGTH])
{
    if (finding == NULL || isnan(finding->estimate.value))
        snprintf(text, NUMBER_LENGTH, "-");
    else if (!isnan(finding->estimate.low))
        snprintf(text, NUMBER_LENGTH, "%.3g [%.3g, %.3g]", finding->estimate.value, finding->estimate.low, finding->estimate.high);
    else
        snprintf(text, NUMBER_LENGTH, "%.4g", finding->estimate.value);
}

/* Letters beyond ASCII take several bytes and one place. */
static int places(const char *text)
{
    int num = 0;
    for (; *text != 0; text++)
        num += ((unsigned char)*text & 0xC0) != 0x80;
    return num;
}

/* Places of the columns; number: 0 where no item has one. */
typedef struct {
    int number, item, figure[MOST_MEASURES];
} widths;

static void item_print(const char *item, int width)
{
    int shown = 0;
    const char *at = item;
    const bool is_cut = places(item) > width;
    while (*at != 0 && (shown < width - (is_cut ? 2 : 0) || ((unsigned char)*at & 0xC0) == 0x80)) {
        shown += ((unsigned char)*at & 0xC0) != 0x80;
        fputc(*at++, stdout);
    }
    printf("%s%*s", is_cut ? ".." : "", width - shown - (is_cut ? 2 : 0), "");
}

/* How many bytes of an item go on a line: all of them, or those up to the last ", " that fits, or all of a part that
 * does not. */
static size_t line_length(const char *item, int width)
{
    size_t length = 0;
    int shown = 0;
    for (const char *at = item; *at != 0; at++) {
        shown += ((unsigned char)*at & 0xC0) != 0x80;
        const bool is_end = at[0] == ',' && at[1] == ' ';
        if (is_end && (shown <= width || length == 0))
            length = (size_t)(at - item) + 1;
    }
    return shown <= width || length == 0 ? strlen(item) : length;
}

/* Places of the widest line. */
static int lines_width(const char *item, int width)
{
    char line[LINE_LENGTH];
    int most = 0;
    while (*item != 0) {
        const size_t length = line_length(item, width);
        snprintf(line, sizeof line, "%.*s", (int)length, item);
        most = places(line) > most ? places(line) : most;
        item += length;
        item += *item == ' ';
    }
    return most;
}

/* The rest of an item, below its first line. */
static void rest_print(const char *item, const widths *width)
{
    while (*item != 0) {
        const size_t length = line_length(item, width->item);
        printf("%*s%.*s\n", width->number + (width->number > 0 ? 2 : 0), "", (int)length, item);
        item += length;
        item += *item == ' ';
    }
}

static void number_print(const char *number, const widths *width)
{
    if (width->number > 0)
        printf("%*s  ", width->number, number != NULL ? number : "");
}

static void row_print(const cli_findings *self, const cli_layout *layout, const cli_finding *of, const widths *width)
{
    char text[NUMBER_LENGTH], line[LINE_LENGTH];
    const char *item = of->item;
    const size_t length = line_length(item, width->item);
    number_print(of->number, width);
    snprintf(line, sizeof line, "%.*s", (int)length, item);
    item_print(line, width->item);
    for (uint32_t m = 0; m < layout->num_measures; m++) {
        figure_write(find(self, item, layout->measures[m]), text);
        printf("  %*s", width->figure[m], text);
    }
    fputc('\n', stdout);
    rest_print(item + length + (item[length] == ' '), width);
}

static void widen(int *width, int wanted, int most)
{
    *width = wanted > *width ? wanted : *width;
    *width = *width > most ? most : *width;
}

static widths widths_of(const cli_findings *self, const cli_layout *layout, const nlc_placed *placed, uint32_t shown)
{
    widths width = {0};
    char text[NUMBER_LENGTH];
    int left = SCREEN_WIDE;
    for (uint32_t m = 0; m < layout->num_measures; m++) {
        widen(&width.figure[m], places(layout->measures[m]), NUMBER_LENGTH);
        for (uint32_t k = 0; k < shown; k++) {
            figure_write(find(self, self->finding[placed[k].index].item, layout->measures[m]), text);
            widen(&width.figure[m], (int)strlen(text), NUMBER_LENGTH);
        }
        left -= width.figure[m] + 2;
    }
    for (uint32_t k = 0; k < shown; k++)
        if (self->finding[placed[k].index].number != NULL)
            widen(&width.number, (int)strlen(self->finding[placed[k].index].number), NUMBER_LENGTH);
    if (width.number > 0)
        widen(&width.number, (int)strlen(POINT), NUMBER_LENGTH);
    left -= width.number > 0 ? width.number + 2 : 0;
    left = left < LEAST_WIDE ? LEAST_WIDE : left;
    widen(&width.item, places(layout->item), left);
    for (uint32_t k = 0; k < shown; k++)
        widen(&width.item, lines_width(self->finding[placed[k].index].item, left), MOST_WIDE);
    return width;
}

void cli_findings_print(cli_findings *self, const cli_layout *layout)
{
    nlc_placed *placed = malloc((self->num + 1) * sizeof *placed);
    if (self->is_broken || placed == NULL) {
        self->is_broken = true;
        free(placed);
        return;
    }
    const uint32_t num = rank(self, layout, placed), shown = num < MOST_SHOWN ? num : MOST_SHOWN;
    const widths width = widths_of(self, layout, placed, shown);
    number_print(POINT, &width);
    item_print(layout->item, width.item);
    for (uint32_t m = 0; m < layout->num_measures; m++)
        printf("  %*s", width.figure[m], layout->measures[m]);
    fputc('\n', stdout);
    for (uint32_t k = 0; k < shown; k++)
        row_print(self, layout, &self->finding[placed[k].index], &width);
    if (shown < num)
        printf("and %u more\n", num - shown);
    free(placed);
}

/* ---- The table --------------------------------------------------------------------------------- */

const nlc_result_column cli_finding_columns[CLI_NUM_FINDING_COLUMNS] = {
    {"output", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "the column that was looked at"},
    {"item", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what the figure is about"},
    {"measure", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "which figure it is"},
    {"value", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "of the measure", "the figure; empty where it does not apply"},
    {"error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "of the measure", "its standard error"},
    {"low", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "of the measure", "lower end of its 95 % interval"},
    {"high", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "of the measure", "upper end of its 95 % interval"},
    {"n", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "what it rests on: rows, runs, effects"},
    {"made_from", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_OPTIONAL, "",
     "mark of the study's results, as in its datapackage.json, by which report tells older ones; empty with --from"},
};

typedef struct {
    const cli_findings *findings;
    const char *output, *made_from;
    nlc_csv_style style;
} tidy;

static void number_add(nlc_csv *csv, double value)
{
    char text[NUMBER_LENGTH] = "";
    if (!isnan(value))
        snprintf(text, sizeof text, "%.12g", value);
    nlc_csv_number_text(csv, text);
}

static nlc_error write(const void *context, FILE *stream)
{
    const tidy *self = context;
    nlc_file file;
    nlc_csv csv;
    nlc_error error = nlc_file_init(&file, fileno(stream));
    if (error == NLC_OK) {
        nlc_csv_begin(&csv, &file, self->style);
        for (size_t c = 0; c < CLI_NUM_FINDING_COLUMNS; c++)
            nlc_csv_text(&csv, cli_finding_columns[c].name);
        nlc_csv_end_row(&csv);
        for (size_t k = 0; k < self->findings->num; k++) {
            const cli_finding *finding = &self->findings->finding[k];
            nlc_csv_text(&csv, finding->output != NULL ? finding->output : self->output);
            nlc_csv_text(&csv, finding->item);
            nlc_csv_text(&csv, finding->measure);
            number_add(&csv, finding->estimate.value);
            number_add(&csv, finding->estimate.error);
            number_add(&csv, finding->estimate.low);
            number_add(&csv, finding->estimate.high);
            number_add(&csv, finding->n);
            nlc_csv_text(&csv, self->made_from);
            nlc_csv_end_row(&csv);
        }
        error = nlc_file_finish(&file);
    }
    nlc_file_free(&file);
    return error;
}

static bool ends_in_csv(const char *path)
{
    const size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".csv") == 0;
}

/* Folder and name of the file; the folder "." where the path has none. */
static nlc_error place(const char *path, const char *method, nlc_text *folder, nlc_text *name)
{
    const char *slash = strrchr(path, '/');
    nlc_error error;
    if (!ends_in_csv(path)) {
        error = nlc_text_print(folder, "%s", path);
        return error ? error : nlc_text_print(name, "%s.csv", method);
    }
    if (slash == NULL)
        error = nlc_text_print(folder, ".");
    else
        error = nlc_text_print(folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return error ? error : nlc_text_print(name, "%s", slash == NULL ? path : slash + 1);
}

int cli_findings_save(const cli_findings *self, const cli_arguments *arguments, const char *output, const char *made_from)
{
    const char *path = cli_value(arguments, "out");
    const tidy context = {self, output, made_from, cli_csv_style(arguments)};
    nlc_text folder = {0}, name = {0};
    int code = CLI_DONE;
    if (self->is_broken || (path != NULL && place(path, arguments->operands[0], &folder, &name) != NLC_OK)) {
        cli_complain(arguments->command, "no memory left");
        code = CLI_FAILED;
    }
    if (code == CLI_DONE && path != NULL && !ends_in_csv(path))
        code = cli_folder_make(arguments, path);
    if (code == CLI_DONE && path != NULL)
        code = cli_save(arguments, folder.data, name.data, write, &context);
    if (code == CLI_DONE && path != NULL && !cli_is_given(arguments, "quiet"))
        printf("\nwritten: %s%s%s\n", path, ends_in_csv(path) ? "" : "/", ends_in_csv(path) ? "" : name.data);
    nlc_text_free(&folder);
    nlc_text_free(&name);
    return code;
}
