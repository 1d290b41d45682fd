/* What the page is told of the places of a scenario: where they lie, and by what they are told apart. */
#include "module.h"

const float *nlc_module_latitudes(void)
{
    return nlc_module_scenario()->lat;
}

const float *nlc_module_longitudes(void)
{
    return nlc_module_scenario()->lon;
}

const uint32_t *nlc_module_tiers(void)
{
    return nlc_module_scenario()->tier;
}

bool nlc_module_tier_adopts(uint32_t tier)
{
    return nlc_module_scenario()->tier_adopts[tier] != 0;
}

const char *nlc_module_tier(uint32_t tier)
{
    return nlc_module_scenario()->tiers.text[tier];
}

uint32_t nlc_module_num_tiers(void)
{
    return nlc_module_scenario()->num_tiers;
}

/* [num_nodes + 1]: a place is a leaf where the next number is the same. */
const uint32_t *nlc_module_first_children(void)
{
    return nlc_module_scenario()->first_child;
}

/* [num_nodes]: the place above, or NLC_NO_PARENT under a lead. */
const uint32_t *nlc_module_parents(void)
{
    return nlc_module_scenario()->parent;
}

/* [num_nodes] */
const uint32_t *nlc_module_node_countries(void)
{
    return nlc_module_scenario()->country;
}

uint32_t nlc_module_num_groups(void)
{
    return nlc_module_scenario()->groups.num;
}

/* What places without a group have is empty. */
const char *nlc_module_group(uint32_t group)
{
    return nlc_module_scenario()->groups.text[group];
}

/* [num_nodes] */
const uint32_t *nlc_module_node_groups(void)
{
    return nlc_module_scenario()->group;
}

/* [num_nodes], in the first network draw. */
const uint32_t *nlc_module_node_waves(void)
{
    return nlc_module_scenario()->draws[0].wave;
}

/* [num_nodes]: what tells a place from any other, in whatever scenario it stands. */
const uint64_t *nlc_module_keys(void)
{
    return nlc_module_scenario()->key;
}
