/* What the factors of a study are in the scenario as it is: where a design that moves one factor at a time
 * starts from. */
#ifndef NLC_STUDY_BASE_H
#define NLC_STUDY_BASE_H

#include "study.h"

/* Into text[num_factors], in the arena: the value that each factor has in a variant to which no setting is
 * given, as tables write it, where that is one number or one word:
 *   dial        1
 *   parameter   the scenario's value
 *   key         the scenario's text, or the default
 *   lever       its value in all places and months that the address reaches, if it is the same in all of them
 * and "" where it is not, for factors that choose the variant, and for a number that is unlimited where the
 * factor has a range. NLC_ERROR_MEMORY. */
nlc_error nlc_study_base(const nlc_study *self, uint32_t variant, nlc_arena *arena, const char **text);

#endif
