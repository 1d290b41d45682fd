#include "course.h"

#include <math.h>

bool nlc_lever_acts_on(const nlc_lever *lever, nlc_who who)
{
    switch (who) {
    case NLC_WHO_PLACE:
        return lever->scope != NLC_LEVER_COUNTRY;
    case NLC_WHO_LEAD:
        return lever->scope != NLC_LEVER_PLACE;
    case NLC_WHO_SERVICE:
        return lever->scope == NLC_LEVER_ANY;
    case NLC_WHO_SECURITY:
        break;
    }
    return false;
}

float nlc_lever_changed(float value, uint32_t how, float by)
{
    if (how == NLC_HOW_SET)
        return by;
    if (how == NLC_HOW_ADD)
        return value + by;
    return by == 0.0F ? 0.0F : value * by;
}

bool nlc_lever_holds(const nlc_lever *lever, float value)
{
    const bool inside = value >= lever->low && (value <= lever->high || (isinf(value) && lever->may_be_unlimited));
    return inside && (!lever->is_switch || value == 0.0F || value == 1.0F);
}
