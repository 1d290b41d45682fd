/* What the cells of a split hold. */
#include "writers.h"

static const char *label_or_all(const nlc_labels *labels, uint32_t index)
{
    return index == NLC_NONE ? "all" : labels->text[index];
}

const char *nlc_split_country(const nlc_resolved *scenario, const nlc_split *split)
{
    return split->country == NLC_NONE ? "all" : scenario->agency_id[scenario->countries[split->country].first_agency];
}

const char *nlc_split_tier(const nlc_resolved *scenario, const nlc_split *split)
{
    return label_or_all(&scenario->tiers, split->tier);
}

const char *nlc_split_wave(const nlc_resolved *scenario, const nlc_split *split)
{
    return label_or_all(&scenario->waves, split->wave);
}

const char *nlc_split_group(const nlc_resolved *scenario, const nlc_split *split)
{
    return label_or_all(&scenario->groups, split->group);
}

const char *nlc_size_name(nlc_size size)
{
    static const char *const names[] = {"", "small", "large"};
    return names[size];
}

const char *nlc_split_size(const nlc_split *split)
{
    return split->size == NLC_NONE ? "all" : nlc_size_name((nlc_size)split->size);
}

uint32_t nlc_split_ways(const nlc_split *split)
{
    return (split->country != NLC_NONE) + (split->tier != NLC_NONE) + (split->wave != NLC_NONE) + (split->group != NLC_NONE) +
           (split->size != NLC_NONE);
}

nlc_error nlc_split_cells(nlc_csv_cells *cells, nlc_csv_style style, const nlc_resolved *scenario, const nlc_split *split)
{
    const char *texts[] = {nlc_split_country(scenario, split), nlc_split_tier(scenario, split), nlc_split_wave(scenario, split),
                           nlc_split_group(scenario, split), nlc_split_size(split)};
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0] && error == NLC_OK; k++) {
        error = nlc_csv_cells_add(cells, style, texts[k]);
    }
    return error;
}

bool nlc_outcome_is_split(const nlc_outcome *outcome, const nlc_split *split)
{
    bool is_spread = outcome->kind == NLC_OUTCOME_SPREAD_WAVES || outcome->kind == NLC_OUTCOME_SPREAD_SIZES;
    return nlc_split_ways(split) <= (is_spread ? 0U : 1U);
}

int32_t nlc_calendar_month(const nlc_resolved *scenario, uint32_t month)
{
    return scenario->start + (int32_t)month - 1;
}
