#include "svg.h"

#include <math.h>
#include <stdio.h>

/* Names of fonts that machines have; the last one always is there. */
#define FONTS "Source Sans 3, Segoe UI, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"

double nlc_scale_at(nlc_scale self, double value)
{
    return self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from);
}

/* 1, 2 or 5 times a power of ten, the smallest not below `least`. */
static double round_step(double least)
{
    const double power = pow(10, floor(log10(least)));
    const double ratio = least / power;
    const double slack = 1 + 1e-9;
    return power * (ratio <= 1 * slack ? 1 : ratio <= 2 * slack ? 2 : ratio <= 5 * slack ? 5 : 10);
}

static nlc_ticks ticks_by(double low, double high, double step)
{
    nlc_ticks ticks = {.step = step};
    ticks.first = ceil(low / step - 1e-9) * step;
    ticks.num = ticks.first > high ? 0 : (uint32_t)(floor((high - ticks.first) / step + 1e-9) + 1);
    ticks.decimals = step >= 1 ? 0 : (uint32_t)ceil(-log10(step) - 1e-9);
    return ticks;
}

nlc_ticks nlc_ticks_of(double low, double high, uint32_t most)
{
    double step = round_step((high - low) / (most > 1 ? most - 1 : 1));
    nlc_ticks ticks = ticks_by(low, high, step);
    while (ticks.num > most) {
        step = round_step(step * 1.5);
        ticks = ticks_by(low, high, step);
    }
    while (ticks.num == 0) {
        step /= 2;
        ticks = ticks_by(low, high, step);
    }
    return ticks;
}

double nlc_round_top(double value)
{
    if (!(value > 0)) {
        return 1;
    }
    const double step = round_step(value / 4);
    return ceil(value / step - 1e-9) * step;
}

nlc_frame nlc_frame_of(nlc_box box, uint32_t num_months, int32_t start, double low, double high)
{
    return (nlc_frame){
        .box = box,
        .x = {1, num_months > 1 ? num_months : 2, box.x, box.x + box.width},
        .y = {low, high, box.y + box.height, box.y},
        .num_months = num_months,
        .start = start,
    };
}

/* ---- Marks ----------------------------------------------------------------------------------------- */

void nlc_svg_begin(nlc_html *self, double width, double height, const char *means)
{
    nlc_html_markup(self, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%.0f\" height=\"%.0f\" ", width, height);
    nlc_html_markup(self, "viewBox=\"0 0 %.0f %.0f\" font-family=\"" FONTS "\"><title>", width, height);
    nlc_html_text(self, means);
    nlc_html_markup(self, "</title>\n");
}

void nlc_svg_end(nlc_html *self)
{
    nlc_html_markup(self, "</svg>");
}

static void pen_write(nlc_html *self, nlc_pen pen)
{
    nlc_html_markup(self, " fill=\"none\" stroke=\"%s\" stroke-width=\"%.3g\"", pen.colour, pen.width);
    if (pen.dash != NULL) {
        nlc_html_markup(self, " stroke-dasharray=\"%s\"", pen.dash);
    }
    nlc_html_markup(self, "/>\n");
}

void nlc_svg_line(nlc_html *self, nlc_spot from, nlc_spot to, nlc_pen pen)
{
    nlc_html_markup(self, "<path d=\"M%.1f %.1fL%.1f %.1f\"", from.x, from.y, to.x, to.y);
    pen_write(self, pen);
}

void nlc_svg_box(nlc_html *self, nlc_box box, const char *colour, double opacity)
{
    nlc_html_markup(self, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"", box.x, box.y, box.width,
                    box.height, colour);
    nlc_html_markup(self, opacity < 1 ? " fill-opacity=\"%.2g\"/>\n" : "/>\n", opacity);
}

void nlc_svg_dot(nlc_html *self, nlc_spot at, double radius, const char *colour)
{
    nlc_html_markup(self, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.3g\" fill=\"%s\"/>\n", at.x, at.y, radius, colour);
}

void nlc_svg_words(nlc_html *self, nlc_spot at, nlc_type type, const char *text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    nlc_html_markup(self, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.3g\" text-anchor=\"%s\" fill=\"%s\"%s>", at.x, at.y, type.size,
                    anchors[type.anchor], type.colour, type.bold ? " font-weight=\"600\"" : "");
    nlc_html_text(self, text);
    nlc_html_markup(self, "</text>\n");
}

/* ---- Courses --------------------------------------------------------------------------------------- */

static nlc_spot spot_of(const nlc_frame *frame, double month, double value)
{
    return (nlc_spot){nlc_scale_at(frame->x, month), nlc_scale_at(frame->y, value)};
}

void nlc_svg_course(nlc_html *self, const nlc_frame *frame, const double *values, nlc_pen pen)
{
    bool is_down = false;
    nlc_html_markup(self, "<path stroke-linejoin=\"round\" d=\"");
    for (uint32_t t = 0; t < frame->num_months; t++) {
        if (!isnan(values[t])) {
            const nlc_spot at = spot_of(frame, t + 1, values[t]);
            nlc_html_markup(self, "%c%.1f %.1f", is_down ? 'L' : 'M', at.x, at.y);
        }
        is_down = !isnan(values[t]);
    }
    nlc_html_markup(self, "\"");
    pen_write(self, pen);
}

/* One piece of a band, without gaps: months first to last - 1, there and back. */
static void band_piece(nlc_html *self, const nlc_frame *frame, const double *low, const double *high, const uint32_t months[2])
{
    for (uint32_t t = months[0]; t < months[1]; t++) {
        const nlc_spot at = spot_of(frame, t + 1, high[t]);
        nlc_html_markup(self, "%c%.1f %.1f", t == months[0] ? 'M' : 'L', at.x, at.y);
    }
    for (uint32_t t = months[1]; t > months[0]; t--) {
        const nlc_spot at = spot_of(frame, t, low[t - 1]);
        nlc_html_markup(self, "L%.1f %.1f", at.x, at.y);
    }
    nlc_html_markup(self, "Z");
}

void nlc_svg_band(nlc_html *self, const nlc_frame *frame, const double *low, const double *high, const char *colour)
{
    uint32_t months[2] = {0, 0};
    nlc_html_markup(self, "<path fill=\"%s\" fill-opacity=\"0.26\" d=\"", colour);
    while (months[0] < frame->num_months) {
        if (isnan(low[months[0]]) || isnan(high[months[0]])) {
            months[0]++;
            continue;
        }
        months[1] = months[0];
        while (months[1] < frame->num_months && !isnan(low[months[1]]) && !isnan(high[months[1]])) {
            months[1]++;
        }
        band_piece(self, frame, low, high, months);
        months[0] = months[1];
    }
    nlc_html_markup(self, "\"/>\n");
}

void nlc_svg_steps(nlc_html *self, const nlc_frame *frame, const double *values, nlc_pen pen)
{
    nlc_html_markup(self, "<path d=\"");
    for (uint32_t t = 0; t < frame->num_months; t++) {
        const nlc_spot at = spot_of(frame, t + 1, values[t]);
        if (t == 0) {
            nlc_html_markup(self, "M%.1f %.1f", at.x, at.y);
        } else if (values[t] != values[t - 1]) {
            nlc_html_markup(self, "H%.1fV%.1f", at.x, at.y);
        }
    }
    nlc_html_markup(self, "H%.1f\"", nlc_scale_at(frame->x, frame->num_months + 1.0));
    pen_write(self, pen);
}

void nlc_svg_whisker(nlc_html *self, const nlc_frame *frame, double month, const double low_value_high[3])
{
    const nlc_pen pen = {NLC_COUNTED, 1.3, NULL};
    const nlc_spot low = spot_of(frame, month, low_value_high[0]);
    const nlc_spot at = spot_of(frame, month, low_value_high[1]);
    const nlc_spot high = spot_of(frame, month, low_value_high[2]);
    if (low.y - high.y > 0.2) {
        nlc_svg_line(self, low, high, pen);
        nlc_svg_line(self, (nlc_spot){low.x - 2.5, low.y}, (nlc_spot){low.x + 2.5, low.y}, pen);
        nlc_svg_line(self, (nlc_spot){high.x - 2.5, high.y}, (nlc_spot){high.x + 2.5, high.y}, pen);
    }
    nlc_svg_dot(self, at, 3.6, "#ffffff");
    nlc_svg_dot(self, at, 2.8, NLC_COUNTED);
}

/* ---- Axes ------------------------------------------------------------------------------------------ */

enum { TICK_SIZE = 11, SHORT_RUN = 18, MIN_YEAR_WIDTH = 34 };

static const nlc_pen rule = {NLC_RULE, 1, NULL};

static void time_tick(nlc_html *self, const nlc_frame *frame, uint32_t month, const char *label)
{
    const double x = nlc_scale_at(frame->x, month);
    const double bottom = frame->box.y + frame->box.height;
    const nlc_type type = {TICK_SIZE, NLC_MIDDLE, NLC_SOFT, false};
    nlc_svg_line(self, (nlc_spot){x, bottom}, (nlc_spot){x, bottom + 4}, (nlc_pen){NLC_SOFT, 1, NULL});
    nlc_svg_words(self, (nlc_spot){x, bottom + 16}, type, label);
}

/* Years between two labels, so that they stand apart. */
static int32_t year_step(const nlc_frame *frame)
{
    static const int32_t steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    const double width = 12 * frame->box.width / (frame->x.high - frame->x.low);
    uint32_t k = 0;
    while (k + 1 < sizeof steps / sizeof steps[0] && steps[k] * width < MIN_YEAR_WIDTH) {
        k++;
    }
    return steps[k];
}

void nlc_svg_time_axis(nlc_html *self, const nlc_frame *frame)
{
    const nlc_spot left = {frame->box.x, frame->box.y + frame->box.height};
    const int32_t step = year_step(frame);
    const bool is_short = frame->num_months < SHORT_RUN;
    nlc_svg_line(self, left, (nlc_spot){left.x + frame->box.width, left.y}, (nlc_pen){NLC_SOFT, 1, NULL});
    for (uint32_t t = 0; t < frame->num_months; t++) {
        const int32_t month = frame->start + (int32_t)t;
        if (is_short ? month % 6 == 0 || t == 0 : month % 12 == 0 && month / 12 % step == 0) {
            char year[16];
            snprintf(year, sizeof year, "%d", (int)(month / 12));
            time_tick(self, frame, t + 1, is_short ? nlc_short_month_word(self->language, month).text : year);
        }
    }
}

static nlc_word tick_word(const nlc_html *self, nlc_ticks ticks, uint32_t k, bool percent)
{
    const double value = ticks.first + k * ticks.step;
    const uint32_t decimals = !percent ? ticks.decimals : ticks.decimals > 2 ? ticks.decimals - 2 : 0;
    return percent ? nlc_percent_word(self->language, value, decimals) : nlc_number_word(self->language, value, decimals);
}

void nlc_svg_across_axis(nlc_html *self, nlc_scale x, bool percent, double top, double bottom)
{
    enum { MOST = 7 };
    const nlc_ticks ticks = nlc_ticks_of(x.low, x.high, MOST);
    for (uint32_t k = 0; k < ticks.num; k++) {
        const double at = nlc_scale_at(x, ticks.first + k * ticks.step);
        nlc_svg_line(self, (nlc_spot){at, top}, (nlc_spot){at, bottom}, rule);
        nlc_svg_words(self, (nlc_spot){at, bottom + 16}, (nlc_type){TICK_SIZE, NLC_MIDDLE, NLC_SOFT, false},
                      tick_word(self, ticks, k, percent).text);
    }
}

void nlc_svg_value_axis(nlc_html *self, const nlc_frame *frame, bool percent, uint32_t most)
{
    const nlc_ticks ticks = nlc_ticks_of(frame->y.low, frame->y.high, most);
    const nlc_type type = {TICK_SIZE, NLC_END, NLC_SOFT, false};
    for (uint32_t k = 0; k < ticks.num; k++) {
        const double y = nlc_scale_at(frame->y, ticks.first + k * ticks.step);
        nlc_svg_line(self, (nlc_spot){frame->box.x, y}, (nlc_spot){frame->box.x + frame->box.width, y}, rule);
        nlc_svg_words(self, (nlc_spot){frame->box.x - 6, y + 4}, type, tick_word(self, ticks, k, percent).text);
    }
}
