#include "forecast_places.h"

#include "named.h"

#include <stdlib.h>
#include <string.h>

/* ---- Tables ------------------------------------------------------------------------------------------ */

static bool has_no_adoption(const char *status)
{
    return strcmp(status, "not_applicable") == 0;
}

/* node_id, parent_id, status, adoption_period */
static nlc_error on_place(void *context, const char *const *cells, nlc_where where)
{
    cli_places *self = context;
    cli_place row = {.id = nlc_arena_text(&self->arena, cells[0], strlen(cells[0])),
                     .parent = nlc_arena_text(&self->arena, cells[1], strlen(cells[1])),
                     .adopted = NLC_NONE};
    const bool has = strcmp(cells[2], "adopted") == 0;
    uint32_t number;
    row.is_left_out = !has && strcmp(cells[2], "not_adopted") != 0;
    self->num_left_out += row.is_left_out && !has_no_adoption(cells[2]);
    if (has && !cli_whole_read(cells[3], 0, 1000000, &row.adopted))
        nlc_problems_add(&self->problems, where, "adoption_period is '%s', expected a whole number where status is adopted",
                         cells[3]);
    cli_place *grown = nlc_grown(self->places, &self->capacity, self->num_rows + (size_t)1, sizeof *grown);
    if (grown == NULL || row.id == NULL || row.parent == NULL)
        return NLC_ERROR_MEMORY;
    self->places = grown;
    const nlc_error error = nlc_words_add(&self->ids, &self->arena, row.id, &number);
    if (error == NLC_OK && number < self->num_rows)
        nlc_problems_add(&self->problems, where, "node_id '%s' stands there already", row.id);
    else if (error == NLC_OK)
        self->places[self->num_rows++] = row;
    return error;
}

static nlc_error channel_add(cli_channels *self, uint32_t to, uint32_t from)
{
    cli_channel *grown = nlc_grown(self->channel, &self->capacity, self->num + (size_t)1, sizeof *grown);
    if (grown == NULL)
        return NLC_ERROR_MEMORY;
    self->channel = grown;
    self->channel[self->num++] = (cli_channel){to, from};
    return NLC_OK;
}

static nlc_error tiers_add(cli_places *self, uint32_t above, uint32_t below)
{
    const nlc_error error = channel_add(&self->above, below, above);
    return error == NLC_OK ? channel_add(&self->below, above, below) : error;
}

/* from, to, kind */
static nlc_error on_channel(void *context, const char *const *cells, nlc_where where)
{
    cli_places *self = context;
    const uint32_t from = nlc_words_find(&self->ids, cells[0]), to = nlc_words_find(&self->ids, cells[1]);
    if (from == NLC_NONE || to == NLC_NONE) {
        nlc_problems_add(&self->problems, where, "'%s' is not in the table of places", from == NLC_NONE ? cells[0] : cells[1]);
        return NLC_OK;
    }
    if (cells[2] != NULL && (strcmp(cells[2], "parent") == 0 || strcmp(cells[2], "combined_authority") == 0))
        return tiers_add(self, from, to);
    const nlc_error error = channel_add(&self->peers, from, to);
    return error == NLC_OK && cells[2] == NULL ? channel_add(&self->peers, to, from) : error;
}

static nlc_error parents_add(cli_places *self, const char *nodes)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_rows && error == NLC_OK; k++) {
        const uint32_t above = nlc_words_find(&self->ids, self->places[k].parent);
        if (above != NLC_NONE)
            error = tiers_add(self, above, k);
        else if (self->places[k].parent[0] != '\0')
            nlc_problems_add(&self->problems, (nlc_where){nodes, 0, 0}, "'%s' has the parent_id '%s', which is not in the table",
                             self->places[k].id, self->places[k].parent);
    }
    return error;
}

/* ---- Histories ----------------------------------------------------------------------------------------- */

static int compare_channels(const void *a, const void *b)
{
    const cli_channel *x = a, *y = b;
    return x->to != y->to ? (x->to > y->to) - (x->to < y->to) : (x->from > y->from) - (x->from < y->from);
}

/* By place of the histories, each channel once; those with a place that is left out go. */
static nlc_error lists_make(const cli_places *places, cli_channels *self, nlc_heard *heard)
{
    const uint32_t num = places->histories.num_places;
    uint32_t kept = 0;
    self->first = calloc(num + (size_t)2, sizeof *self->first);
    self->from = malloc((self->num + (size_t)1) * sizeof *self->from);
    if (!self->first || !self->from)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < self->num; k++) {
        const cli_channel channel = {places->number[self->channel[k].to], places->number[self->channel[k].from]};
        if (channel.to != NLC_NONE && channel.from != NLC_NONE && channel.to != channel.from)
            self->channel[kept++] = channel;
    }
    qsort(self->channel, kept, sizeof *self->channel, compare_channels);
    uint32_t distinct = 0;
    for (uint32_t k = 0; k < kept; k++) {
        if (k > 0 && compare_channels(&self->channel[k - 1], &self->channel[k]) == 0)
            continue;
        self->first[self->channel[k].to + 1]++;
        self->from[distinct++] = self->channel[k].from;
    }
    for (uint32_t i = 0; i < num; i++)
        self->first[i + 1] += self->first[i];
    *heard = (nlc_heard){self->first, self->from};
    return NLC_OK;
}

static uint32_t num_heard(const nlc_heard *heard, uint32_t place)
{
    return heard->first[place + 1] - heard->first[place];
}

static nlc_error numbers_make(cli_places *self, const char *nodes, uint32_t last)
{
    uint32_t latest = 0;
    self->first = NLC_NONE;
    for (uint32_t k = 0; k < self->num_rows; k++) {
        const uint32_t adopted = self->places[k].adopted;
        self->first = adopted < self->first ? adopted : self->first;
        latest = adopted != NLC_NONE && adopted > latest ? adopted : latest;
    }
    self->last = last > 0 ? last : latest;
    if (self->first == NLC_NONE || self->last < self->first + 2) {
        nlc_problems_add(&self->problems, (nlc_where){nodes, 0, 0}, "too few periods from the first adoption to the last");
        return NLC_ERROR_INPUT;
    }
    self->number = malloc((self->num_rows + (size_t)1) * sizeof *self->number);
    self->adopted = malloc((self->num_rows + (size_t)1) * sizeof *self->adopted);
    if (!self->number || !self->adopted)
        return NLC_ERROR_MEMORY;
    uint32_t num = 0;
    for (uint32_t k = 0; k < self->num_rows; k++) {
        const cli_place *place = &self->places[k];
        self->number[k] = place->is_left_out ? NLC_NONE : num;
        if (!place->is_left_out)
            self->adopted[num++] = place->adopted <= self->last ? place->adopted - self->first + 1 : 0;
    }
    self->histories = (nlc_histories){.num_places = num, .num_periods = self->last - self->first + 1, .adopted = self->adopted};
    return NLC_OK;
}

static nlc_error histories_make(cli_places *self)
{
    nlc_histories *histories = &self->histories;
    nlc_error error = lists_make(self, &self->peers, &histories->peers);
    if (error == NLC_OK)
        error = lists_make(self, &self->above, &histories->above);
    if (error == NLC_OK)
        error = lists_make(self, &self->below, &histories->below);
    for (uint32_t i = 0; i < histories->num_places && error == NLC_OK; i++) {
        self->num_without_peers += num_heard(&histories->peers, i) == 0;
        self->num_without_tiers += num_heard(&histories->above, i) + num_heard(&histories->below, i) == 0;
    }
    return error;
}

nlc_error cli_places_read(cli_places *self, const char *nodes, const char *channels, uint32_t last)
{
    static const char *const node_names[] = {"node_id", "parent_id", "status", "adoption_period", NULL};
    static const char *const channel_names[] = {"from", "to", "kind", NULL};
    const cli_named node_table = {&self->problems, node_names, 0, on_place, self};
    const cli_named channel_table = {&self->problems, channel_names, 1, on_channel, self};
    nlc_error error = cli_named_read(&node_table, nodes);
    if (error == NLC_OK)
        error = parents_add(self, nodes);
    if (error == NLC_OK)
        error = cli_named_read(&channel_table, channels);
    if (error == NLC_OK)
        error = nlc_problems_error(&self->problems);
    if (error == NLC_OK)
        error = numbers_make(self, nodes, last);
    return error == NLC_OK ? histories_make(self) : error;
}

uint32_t cli_places_half(const cli_places *self)
{
    const nlc_histories *histories = &self->histories;
    uint32_t all = 0, period = 0, num = 0;
    for (uint32_t i = 0; i < histories->num_places; i++)
        all += histories->adopted[i] > 0;
    while (2 * num < all) {
        period++;
        for (uint32_t i = 0; i < histories->num_places; i++)
            num += histories->adopted[i] == period;
    }
    return period;
}

static void channels_free(cli_channels *self)
{
    free(self->channel);
    free(self->first);
    free(self->from);
}

void cli_places_free(cli_places *self)
{
    free(self->places);
    free(self->number);
    free(self->adopted);
    channels_free(&self->peers);
    channels_free(&self->above);
    channels_free(&self->below);
    nlc_words_free(&self->ids);
    nlc_arena_free(&self->arena);
    nlc_problems_free(&self->problems);
}
