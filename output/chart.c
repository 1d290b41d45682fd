#include "chart.h"

#include <math.h>
#include <string.h>

#include "problems.h"

/* A Braille character is two dots wide and four high. */
#define DOTS_ACROSS 2
#define DOTS_DOWN   4
#define MAX_WIDTH   (NLC_CHART_COLUMNS * DOTS_ACROSS)
#define MAX_HEIGHT  (NLC_CHART_ROWS * DOTS_DOWN)

#define EMPTY 0
#define BAND  '.'

/* Dots: EMPTY, BAND, or the letter of the curve whose line runs there. Row 0 is the top. */
typedef struct {
    uint32_t width, height;
    char dot[MAX_HEIGHT][MAX_WIDTH];
} canvas;

static uint32_t row_of(const canvas *self, double share)
{
    double above = (1 - share) * self->height;
    return above <= 0 ? 0 : above >= self->height - 1 ? self->height - 1 : (uint32_t)above;
}

static uint32_t month_at(const canvas *self, uint32_t x, uint32_t num_months)
{
    return (uint32_t)((uint64_t)x * (num_months - 1) / (self->width - 1));
}

static void draw_band(canvas *self, const nlc_curve *curve, uint32_t num_months)
{
    for (uint32_t x = 0; x < self->width; x++) {
        uint32_t month = month_at(self, x, num_months);
        if (isnan(curve->middle[month])) {
            continue;
        }
        for (uint32_t y = row_of(self, curve->high[month]); y <= row_of(self, curve->low[month]); y++) {
            self->dot[y][x] = BAND;
        }
    }
}

/* The line goes up and down to where it was in the column before, so that steep parts hold together. */
static void draw_line(canvas *self, const nlc_curve *curve, uint32_t num_months)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t x = 0; x < self->width; x++) {
        uint32_t month = month_at(self, x, num_months);
        if (isnan(curve->middle[month])) {
            last = UINT32_MAX;
            continue;
        }
        uint32_t here = row_of(self, curve->middle[month]);
        uint32_t top = last != UINT32_MAX && last + 1 < here ? last + 1 : here;
        uint32_t bottom = last != UINT32_MAX && last > here + 1 ? last - 1 : here;
        for (uint32_t y = top; y <= bottom; y++) {
            self->dot[y][x] = curve->letter;
        }
        last = here;
    }
}

/* Bands are every other dot in both directions, lines are whole. */
static bool is_raised(const canvas *self, uint32_t y, uint32_t x)
{
    char dot = self->dot[y][x];
    return dot != EMPTY && (dot != BAND || (x % 2 == 0 && y % 2 == 0));
}

/* Adds the Braille character at a place; its dots are numbered down the columns, the last row of
 * four having been added to an older alphabet of three. */
static nlc_error add_braille(const canvas *self, uint32_t row, uint32_t column, nlc_text *text)
{
    static const unsigned char bits[DOTS_DOWN][DOTS_ACROSS] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    unsigned pattern = 0;
    for (uint32_t y = 0; y < DOTS_DOWN; y++) {
        for (uint32_t x = 0; x < DOTS_ACROSS; x++) {
            pattern |= is_raised(self, row * DOTS_DOWN + y, column * DOTS_ACROSS + x) ? bits[y][x] : 0U;
        }
    }
    if (pattern == 0) {
        return nlc_text_add(text, " ", 1);
    }
    const char utf8[] = {(char)0xE2, (char)(0xA0 | (pattern >> 6)), (char)(0x80 | (pattern & 0x3F))};
    return nlc_text_add(text, utf8, sizeof utf8);
}

static nlc_error add_letter(const canvas *self, uint32_t row, uint32_t column, nlc_text *text)
{
    char dot = self->dot[row][column];
    return nlc_text_add(text, dot == EMPTY ? " " : &self->dot[row][column], 1);
}

/* The name of the curve that ends in this row, if there is one. */
static const char *name_at(const canvas *self, const nlc_curve *curves, uint32_t num_curves, uint32_t num_months, uint32_t row)
{
    const char *name = "";
    for (uint32_t k = num_curves; k > 0; k--) {
        double end = curves[k - 1].middle[num_months - 1];
        if (!isnan(end) && row_of(self, end) / (self->height / NLC_CHART_ROWS) == row) {
            name = curves[k - 1].name;
        }
    }
    return name;
}

static nlc_error add_row(const canvas *self, uint32_t row, bool utf8, const char *name, nlc_text *text)
{
    static const char *const scale[NLC_CHART_ROWS] = {"100 %|", "     |", " 75 %|", "     |",
                                                      " 50 %|", "     |", " 25 %|", "     |"};
    nlc_error error = nlc_text_print(text, "%s", scale[row]);
    for (uint32_t column = 0; column < NLC_CHART_COLUMNS && error == NLC_OK; column++) {
        error = utf8 ? add_braille(self, row, column, text) : add_letter(self, row, column, text);
    }
    return error == NLC_OK ? nlc_text_print(text, "%s%s\n", name[0] == '\0' ? "" : " ", name) : error;
}

static void put_month(char *axis, uint32_t column, int32_t month)
{
    uint32_t year = (uint32_t)(month / 12) % 10000;
    uint32_t number = (uint32_t)(month % 12) + 1;
    const char date[] = {
        (char)('0' + year / 1000), (char)('0' + year / 100 % 10), (char)('0' + year / 10 % 10), (char)('0' + year % 10), '-',
        (char)('0' + number / 10), (char)('0' + number % 10)};
    memcpy(axis + column, date, sizeof date);
}

static nlc_error add_axis(uint32_t num_months, int32_t start, nlc_text *text)
{
    char axis[NLC_CHART_COLUMNS + 1];
    memset(axis, '-', NLC_CHART_COLUMNS);
    axis[NLC_CHART_COLUMNS] = '\0';
    put_month(axis, 0, start);
    if (num_months > 2) {
        put_month(axis, NLC_CHART_COLUMNS / 2 - 4, start + (int32_t)(num_months - 1) / 2);
    }
    if (num_months > 1) {
        put_month(axis, NLC_CHART_COLUMNS - 7, start + (int32_t)num_months - 1);
    }
    return nlc_text_print(text, "  0 %%+%s\n", axis);
}

nlc_error nlc_chart_write(const nlc_curve *curves, uint32_t num_curves, uint32_t num_months, int32_t start, bool utf8,
                          nlc_text *text)
{
    canvas canvas = {.width = NLC_CHART_COLUMNS, .height = NLC_CHART_ROWS};
    if (utf8) {
        canvas.width *= DOTS_ACROSS;
        canvas.height *= DOTS_DOWN;
    }
    for (uint32_t k = 0; k < num_curves; k++) {
        draw_band(&canvas, &curves[k], num_months);
    }
    for (uint32_t k = 0; k < num_curves; k++) {
        draw_line(&canvas, &curves[k], num_months);
    }
    nlc_error error = NLC_OK;
    for (uint32_t row = 0; row < NLC_CHART_ROWS && error == NLC_OK; row++) {
        error = add_row(&canvas, row, utf8, name_at(&canvas, curves, num_curves, num_months, row), text);
    }
    return error == NLC_OK ? add_axis(num_months, start, text) : error;
}
