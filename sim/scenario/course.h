/* What rows and settings do to a lever, in a form that needs nothing but the core: the reader of
 * folders uses it, and so does the workshop page, whose numbers are to be the same bits. */
#ifndef NLC_SCENARIO_COURSE_H
#define NLC_SCENARIO_COURSE_H

#include "nlcsim.h"

/* How a row changes a lever. */
enum { NLC_HOW_SET, NLC_HOW_SCALE, NLC_HOW_ADD };

/* Whose schedule it is: decides which levers act on it. */
typedef enum { NLC_WHO_PLACE, NLC_WHO_LEAD, NLC_WHO_SERVICE, NLC_WHO_SECURITY } nlc_who;

bool nlc_lever_acts_on(const nlc_lever *lever, nlc_who who);

/* A value after a row. Unlimited stays unlimited under all but a scale of 0. Each row rounds to the
 * engine's float, so that what is resolved is enough to apply further rows to. */
float nlc_lever_changed(float value, uint32_t how, float by);

/* Within the lever's bounds, and 0 or 1 for a switch. */
bool nlc_lever_holds(const nlc_lever *lever, float value);

#endif
