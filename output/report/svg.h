/* Pictures: scales, axes and marks, as SVG with all that it needs in its own attributes, so that a
 * picture looks the same in a page and in a file of its own. Positions are pixels of a 96 dpi screen,
 * x to the right and y down. */
#ifndef NLC_OUTPUT_SVG_H
#define NLC_OUTPUT_SVG_H

#include "html.h"

/* The look, which is that of the workshop page (workshop/src/colours.ts): colours that stay apart for
 * colour-blind readers and in grey print, where lightness alone tells them. */
#define NLC_INK         "#17242f"
#define NLC_SOFT        "#566472"
#define NLC_RULE        "#d9dcdc"
#define NLC_ADOPTED     "#c9781a"
#define NLC_FUNCTIONING "#0d6478"
#define NLC_GAP         "#6b7480"
#define NLC_COUNTED     "#b5382a"

/* Ticks of an axis up to a number that nlc_round_top gave. */
#define NLC_ROUND_TICKS 6

typedef struct {
    double x, y;
} nlc_spot;

typedef struct {
    double x, y, width, height;
} nlc_box;

/* Values from `low` to `high` at positions from `from` to `to`. */
typedef struct {
    double low, high, from, to;
} nlc_scale;

double nlc_scale_at(nlc_scale self, double value);

/* Round numbers in [low, high]: first, first + step, ...; steps are 1, 2 or 5 times a power of ten. */
typedef struct {
    double first, step;
    uint32_t num, decimals;
} nlc_ticks;

/* At most `most` ticks, and at least one. low < high. */
nlc_ticks nlc_ticks_of(double low, double high, uint32_t most);

/* A round number not below `value`, for the top of an axis from 0 with at most five ticks; 1 where
 * value is not above 0. */
double nlc_round_top(double value);

typedef struct {
    const char *colour;
    double width;
    const char *dash; /* as SVG has it, or NULL */
} nlc_pen;

typedef enum { NLC_START, NLC_MIDDLE, NLC_END } nlc_anchor;

typedef struct {
    double size;
    nlc_anchor anchor;
    const char *colour;
    bool bold;
} nlc_type;

/* The plane that values are drawn on: months of the run, from 1, across, and values up. */
typedef struct {
    nlc_box box;
    nlc_scale x, y;
    uint32_t num_months;
    int32_t start; /* calendar month of month 1 */
} nlc_frame;

/* A frame for values from low to high. */
nlc_frame nlc_frame_of(nlc_box box, uint32_t num_months, int32_t start, double low, double high);

/* A picture, with what it shows in words for readers who do not see it. */
void nlc_svg_begin(nlc_html *self, double width, double height, const char *means);
void nlc_svg_end(nlc_html *self);

void nlc_svg_line(nlc_html *self, nlc_spot from, nlc_spot to, nlc_pen pen);
void nlc_svg_box(nlc_html *self, nlc_box box, const char *colour, double opacity);
void nlc_svg_dot(nlc_html *self, nlc_spot at, double radius, const char *colour);
void nlc_svg_words(nlc_html *self, nlc_spot at, nlc_type type, const char *text);

/* The months [num_months] of a course; NaN leaves a gap. */
void nlc_svg_course(nlc_html *self, const nlc_frame *frame, const double *values, nlc_pen pen);
void nlc_svg_band(nlc_html *self, const nlc_frame *frame, const double *low, const double *high, const char *colour);
/* Values that hold from the start of a month to its end; the frame's x runs to num_months + 1. */
void nlc_svg_steps(nlc_html *self, const nlc_frame *frame, const double *values, nlc_pen pen);

/* A value with its error, as a point with a bar, at the end of a month of the run. */
void nlc_svg_whisker(nlc_html *self, const nlc_frame *frame, double month, const double low_value_high[3]);

/* Rules and labels: years (or months, for a short run) below, numbers or percent at the left. */
void nlc_svg_time_axis(nlc_html *self, const nlc_frame *frame);
/* Likewise for values across: rules from top to bottom, numbers or percent below. */
void nlc_svg_across_axis(nlc_html *self, nlc_scale x, bool percent, double top, double bottom);
void nlc_svg_value_axis(nlc_html *self, const nlc_frame *frame, bool percent, uint32_t most);

#endif
