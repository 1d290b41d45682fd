#include "writes.h"

#include "contents.h"
#include "dictionary.h"
#include "writers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Ways to split the places; each label that some place bears is one part. */
enum { BY_COUNTRY, BY_TIER, BY_WAVE, BY_GROUP, BY_SIZE, NUM_WAYS };

static uint32_t label_of(const nlc_class *class, unsigned way)
{
    const uint32_t labels[NUM_WAYS] = {class->country, class->tier, class->wave, class->group, (uint32_t) class->size};
    return labels[way];
}

/* Labels of countries and tiers all count; the first of the others means that there is none. */
static uint32_t num_parts(const nlc_resolved *scenario, unsigned way, bool *is_used)
{
    uint32_t num = 0;
    for (uint32_t k = 0; k < scenario->num_classes; k++) {
        const uint32_t label = label_of(&scenario->classes[k], way);
        const bool is_part = !is_used[label] && (way <= BY_TIER || label > 0);
        is_used[label] = true;
        num += is_part;
    }
    for (uint32_t k = 0; k < scenario->num_classes; k++)
        is_used[label_of(&scenario->classes[k], way)] = false;
    return num;
}

static nlc_error num_splits(const nlc_resolved *scenario, uint64_t *num)
{
    const size_t most = (size_t)scenario->num_countries + scenario->tiers.num + scenario->waves.num + scenario->groups.num + 3;
    bool *is_used = calloc(most, sizeof *is_used);
    if (is_used == NULL)
        return NLC_ERROR_MEMORY;
    *num = 1;
    for (unsigned way = 0; way < NUM_WAYS; way++)
        *num += num_parts(scenario, way, is_used);
    free(is_used);
    return NLC_OK;
}

static uint64_t num_roadmap_rows(const nlc_resolved *scenario)
{
    uint64_t num = scenario->num_countries + scenario->num_tiers + scenario->waves.num - 1;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        num += scenario->first_child[i + 1] > scenario->first_child[i];
    return num * scenario->model->num_milestones;
}

nlc_error cli_num_curve_points(const nlc_resolved *scenario, uint64_t *num)
{
    uint64_t splits;
    const nlc_error error = num_splits(scenario, &splits);
    *num = error == NLC_OK ? splits * scenario->model->num_measures * scenario->num_months : 0;
    return error;
}

nlc_error cli_writes_print(const nlc_resolved *scenario, bool has_observed)
{
    uint64_t points;
    const nlc_error error = cli_num_curve_points(scenario, &points);
    if (error != NLC_OK)
        return error;
    cli_contents_label("it writes");
    printf("%s (%" PRIu64 " rows), ", nlc_result_tables[NLC_RESULT_TIMELINE].file, points);
    printf("%s (%" PRIu32 "), ", nlc_result_tables[NLC_RESULT_RUNS].file, scenario->replicates);
    printf("%s (%" PRIu64 "),\n", nlc_result_tables[NLC_RESULT_ROADMAP].file, num_roadmap_rows(scenario));
    printf("%*s%s, %s, %s%s%s, datapackage.json;\n", CLI_LABEL_WIDTH, "", nlc_result_tables[NLC_RESULT_FLOWS].file,
           nlc_result_tables[NLC_RESULT_NODES].file, has_observed ? nlc_result_tables[NLC_RESULT_OBSERVED].file : "",
           has_observed ? ", " : "", NLC_RESOLVED_FILE);
    printf("%*swith --series %s (%" PRIu64 ")\n", CLI_LABEL_WIDTH, "", nlc_result_tables[NLC_RESULT_SERIES].file,
           points * scenario->replicates);
    return NLC_OK;
}
