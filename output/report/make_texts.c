/* Runs while the program is built: turns tables of texts and the style sheet into C.
 *
 *     make_texts OUT.h OUT.c report.css STRINGS.csv...
 *
 * A table has the columns of `header`; every key has a text in every language, and the same
 * placeholders {1}, {2}, ... in each. What is wrong stops the build, file:row: message. */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_KEY, COLUMN_FIRST, NUM_LANGUAGES = 4, COLUMN_REVIEW = COLUMN_FIRST + NUM_LANGUAGES, NUM_COLUMNS };
enum { MAX_ROWS = 4096, MAX_PLACEHOLDERS = 9 };

static const char *const header[NUM_COLUMNS] = {"key", "en", "id", "ms", "fil", "review"};

typedef struct {
    const char *path;                  /* of the table being read */
    char *cell[MAX_ROWS][NUM_COLUMNS]; /* owned; without headers */
    unsigned num_rows, num_cells;
    unsigned first; /* row of the table being read */
    bool in_header;
    bool failed;
} table;

static void complain(table *self, unsigned row, const char *what, const char *cell)
{
    fprintf(stderr, "%s:%u: %s: %s\n", self->path, row - self->first + 2, what, cell);
    self->failed = true;
}

static void take_cell(void *text, size_t length, void *context)
{
    table *self = context;
    if (self->num_rows == MAX_ROWS || self->num_cells == NUM_COLUMNS) {
        complain(self, self->num_rows, "too many rows or cells", "");
        exit(1);
    }
    char *copy = calloc(length + 1, 1);
    if (copy == NULL) {
        exit(1);
    }
    if (length > 0) {
        memcpy(copy, text, length);
    }
    self->cell[self->num_rows][self->num_cells++] = copy;
}

static void header_check(table *self)
{
    for (unsigned k = 0; k < NUM_COLUMNS; k++) {
        if (strcmp(self->cell[self->num_rows][k], header[k]) != 0) {
            complain(self, self->num_rows, "expected the column", header[k]);
        }
        free(self->cell[self->num_rows][k]);
    }
    self->in_header = false;
}

static void take_row(int end, void *context)
{
    (void)end;
    table *self = context;
    if (self->num_cells != NUM_COLUMNS) {
        complain(self, self->num_rows, "a row has as many cells as the header",
                 self->num_cells > 0 ? self->cell[self->num_rows][0] : "");
        exit(1);
    }
    self->num_cells = 0;
    if (self->in_header) {
        header_check(self);
    } else {
        self->num_rows++;
    }
}

static char *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, (size_t)1 << 22);
    if (file == NULL || text == NULL) {
        perror(path);
        exit(1);
    }
    *length = fread(text, 1, ((size_t)1 << 22) - 1, file);
    fclose(file);
    return text;
}

static void table_read(table *self, const char *path)
{
    struct csv_parser parser;
    size_t length;
    char *text = file_read(path, &length);
    self->path = path;
    self->first = self->num_rows;
    self->in_header = true;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0 ||
        csv_parse(&parser, text, length, take_cell, take_row, self) != length ||
        csv_fini(&parser, take_cell, take_row, self) != 0) {
        complain(self, self->num_rows, "this is not a table", "");
        exit(1);
    }
    csv_free(&parser);
    free(text);
}

static unsigned placeholders_of(const char *text)
{
    unsigned found = 0;
    for (unsigned k = 1; k <= MAX_PLACEHOLDERS; k++) {
        const char mark[] = {'{', (char)('0' + k), '}', '\0'};
        found |= strstr(text, mark) != NULL ? 1U << k : 0U;
    }
    return found;
}

static void row_check(table *self, unsigned row)
{
    char **cell = self->cell[row];
    if (cell[COLUMN_KEY][0] == '\0' ||
        cell[COLUMN_KEY][strspn(cell[COLUMN_KEY], "abcdefghijklmnopqrstuvwxyz0123456789._-/")] != '\0') {
        complain(self, row, "not a key", cell[COLUMN_KEY]);
    }
    for (unsigned k = COLUMN_FIRST; k < COLUMN_REVIEW; k++) {
        if (cell[k][0] == '\0') {
            complain(self, row, header[k], "there is no text in this language");
        } else if (placeholders_of(cell[k]) != placeholders_of(cell[COLUMN_FIRST])) {
            complain(self, row, header[k], "the placeholders are not those of the first language");
        }
    }
    for (unsigned k = 0; k < row; k++) {
        if (strcmp(self->cell[k][COLUMN_KEY], cell[COLUMN_KEY]) == 0) {
            complain(self, row, "a key stands twice", cell[COLUMN_KEY]);
        }
    }
}

static void name_write(FILE *file, const char *key)
{
    fputs("NLC_STRING_", file);
    for (; *key != '\0'; key++) {
        fputc(strchr("._-/", *key) != NULL ? '_' : *key, file);
    }
}

/* A literal; three octal digits can not run into what follows. */
static void literal_write(FILE *file, const char *text, size_t length)
{
    fputc('"', file);
    for (size_t k = 0; k < length; k++) {
        const unsigned char c = (unsigned char)text[k];
        if (c == '\n') {
            fputs("\\n\"\n\"", file);
        } else if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '?') {
            fprintf(file, "\\%03o", c);
        } else {
            fputc(c, file);
        }
    }
    fputc('"', file);
}

static void header_write(const table *self, FILE *file)
{
    fputs("/* Made from the table of texts. */\n#ifndef NLC_STRINGS_TABLE_H\n#define NLC_STRINGS_TABLE_H\n\ntypedef enum {\n",
          file);
    for (unsigned row = 0; row < self->num_rows; row++) {
        fputs("    ", file);
        name_write(file, self->cell[row][COLUMN_KEY]);
        fputs(",\n", file);
    }
    fputs("    NLC_NUM_STRINGS\n} nlc_string;\n\n#endif\n", file);
}

static void source_write(const table *self, FILE *file, const char *style)
{
    size_t length;
    fputs("/* Made from the table of texts and the style sheet. */\n#include \"report/words.h\"\n\n", file);
    fputs("const char *const nlc_string_keys[] = {\n", file);
    for (unsigned row = 0; row < self->num_rows; row++) {
        fprintf(file, "    \"%s\",\n", self->cell[row][COLUMN_KEY]);
    }
    fputs("};\n\nconst char *const nlc_string_texts[][NLC_NUM_LANGUAGES] = {\n", file);
    for (unsigned row = 0; row < self->num_rows; row++) {
        fputs("    {", file);
        for (unsigned k = COLUMN_FIRST; k < COLUMN_REVIEW; k++) {
            literal_write(file, self->cell[row][k], strlen(self->cell[row][k]));
            fputs(k + 1 < COLUMN_REVIEW ? ", " : "},\n", file);
        }
    }
    char *text = file_read(style, &length);
    /* As numbers: a literal of this length is more than C11 promises. */
    fputs("};\n\nconst char nlc_report_style[] = {\n", file);
    for (size_t k = 0; k < length; k++) {
        fprintf(file, "%d,%s", text[k], k % 24 == 23 ? "\n" : "");
    }
    fputs("0};\n", file);
    free(text);
}

static FILE *file_make(const char *path)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    return file;
}

int main(int argc, char **argv)
{
    static table strings;
    if (argc < 5) {
        fputs("usage: make_texts OUT.h OUT.c report.css STRINGS.csv...\n", stderr);
        return 2;
    }
    for (int k = 4; k < argc; k++) {
        table_read(&strings, argv[k]);
        for (unsigned row = strings.first; row < strings.num_rows; row++) {
            row_check(&strings, row);
        }
    }
    if (strings.failed) {
        return 1;
    }
    FILE *declarations = file_make(argv[1]);
    FILE *definitions = file_make(argv[2]);
    header_write(&strings, declarations);
    source_write(&strings, definitions, argv[3]);
    return fclose(declarations) == 0 && fclose(definitions) == 0 ? 0 : 1;
}
