/* observed.csv: what was counted, and the curve that it is compared with. */
#include <math.h>
#include <string.h>

#include "material.h"
#include "store.h"

enum { DATE, UNDER, TIER, GROUP, MEASURE, VALUE, TOTAL, ERROR, SOURCE, NUM_COLUMNS };

static const char *const columns[NUM_COLUMNS] = {"date", "under", "tier", "group", "measure", "value", "total", "error", "source"};

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_observed_row *grown = nlc_grown(self->observed, &self->observed_capacity, self->num_observed + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->observed = grown;
    nlc_observed_row *added = &self->observed[self->num_observed++];
    *added = (nlc_observed_row){
        .date = nlc_copy(cells->cell[DATE]),
        .under = nlc_copy(cells->cell[UNDER]),
        .tier = nlc_copy(cells->cell[TIER]),
        .group = nlc_copy(cells->cell[GROUP]),
        .measure = nlc_copy(cells->cell[MEASURE]),
        .source = nlc_copy(cells->cell[SOURCE]),
        /* The last whole month before the date: month 1 is over when month 2 begins. */
        .month = nlc_cells_month(cells, DATE) - self->resolved.start,
        .value = nlc_cells_number(cells, VALUE),
        .total = nlc_cells_number(cells, TOTAL),
        .error = nlc_cells_number(cells, ERROR),
    };
    const bool is_whole = added->date != NULL && added->under != NULL && added->tier != NULL && added->group != NULL &&
                          added->measure != NULL && added->source != NULL;
    return is_whole ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_observed(nlc_material *self)
{
    if (!nlc_reader_has(self->reader, "observed.csv")) {
        return NLC_OK;
    }
    return nlc_reader_read(self->reader, &(nlc_reading){"observed.csv", columns, NUM_COLUMNS, take, self, 0});
}

const nlc_course *nlc_observed_course(const nlc_material *self, const nlc_observed_row *row)
{
    const json_t *countries = json_object_get(self->about, "countries");
    const bool is_lead = nlc_named_member(countries, "id", row->under) != NULL;
    const bool is_everywhere = row->under[0] == '\0' || (is_lead && json_array_size(countries) == 1);
    const char *const label[NLC_NUM_BYS] = {
        [NLC_BY_COUNTRY] = is_everywhere ? "" : row->under, [NLC_BY_TIER] = row->tier, [NLC_BY_GROUP] = row->group};
    nlc_by by = NLC_BY_ALL;
    uint32_t num_ways = 0;
    for (uint32_t k = NLC_BY_COUNTRY; k < NLC_NUM_BYS; k++) {
        if (label[k] != NULL && label[k][0] != '\0') {
            by = (nlc_by)k;
            num_ways++;
        }
    }
    return num_ways > 1 ? NULL : nlc_material_course(self, by, num_ways == 0 ? "all" : label[by], row->measure);
}

void nlc_observed_values(const nlc_material *self, const nlc_observed_row *row, double low_value_high[3])
{
    const json_t *measure = nlc_named_member(json_object_get(self->about, "measures"), "name", row->measure);
    const bool is_share = measure != NULL && strcmp(nlc_member_text(measure, "unit"), "share") == 0;
    const double unit = is_share && row->total > 0 ? row->total : 1;
    const double error = isnan(row->error) ? 0 : row->error;
    low_value_high[0] = (row->value - error) / unit;
    low_value_high[1] = row->value / unit;
    low_value_high[2] = (row->value + error) / unit;
    if (is_share) {
        low_value_high[0] = low_value_high[0] < 0 ? 0 : low_value_high[0];
        low_value_high[2] = low_value_high[2] > 1 ? 1 : low_value_high[2];
    }
}
