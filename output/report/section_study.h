/* What the parts of a study's report share. */
#ifndef NLC_OUTPUT_SECTION_STUDY_H
#define NLC_OUTPUT_SECTION_STUDY_H

#include "boxes.h"
#include "page.h"

enum { NLC_FIGURE_NAME = 96, NLC_MOST_LEVELS = 8 };

bool nlc_study_is_share(const nlc_material *material, const char *column);

/* KIND-OUTCOME, and the part of the places where it is not all. */
void nlc_study_figure_name(const char *kind, const char *column, char name[NLC_FIGURE_NAME]);

/* A value of a factor as people read it: a number of the language, a scenario without its path. */
nlc_word nlc_study_value_word(const nlc_page *self, const nlc_factor_row *factor, const char *text);

/* The values that the points have of a factor, borrowed and sorted where they are numbers; 0 where there
 * are more than NLC_MOST_LEVELS, or only one. */
uint32_t nlc_study_levels(const nlc_material *material, size_t factor, const char *level[NLC_MOST_LEVELS]);

/* An axis from the least whisker to the largest. */
nlc_scale nlc_boxes_scale(const nlc_box_plot *plot, uint32_t num, double from, double to);

/* Figures with a box for each value of each factor that has few of them. */
void nlc_study_level_boxes(nlc_page *self, nlc_boxes *boxes);

#endif
