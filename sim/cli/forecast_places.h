/* A table of places with the periods in which they adopted, and a table of channels, made into histories. */
#ifndef NLC_CLI_FORECAST_PLACES_H
#define NLC_CLI_FORECAST_PLACES_H

#include "histories.h"
#include "problems.h"
#include "store.h"

typedef struct {
    const char *id, *parent; /* in the arena */
    uint32_t adopted;        /* as the table counts; NLC_NONE where it did not adopt */
    bool is_left_out;        /* cannot adopt, or whether or when it did is not known */
} cli_place;

/* Who hears whom, by the places' numbers in the table. */
typedef struct {
    uint32_t to, from;
} cli_channel;

typedef struct {
    cli_channel *channel; /* [num], owned */
    uint32_t num;
    size_t capacity;
    uint32_t *first, *from; /* owned: as lists, by place */
} cli_channels;

/* Zeroed to begin with. */
typedef struct {
    nlc_problems problems;
    nlc_arena arena;
    nlc_words ids; /* of all rows; numbered as `places` */
    cli_place *places;
    uint32_t num_rows;
    size_t capacity;
    cli_channels peers, above, below;
    uint32_t num_left_out;                         /* places that might adopt, but of which it is not known whether or when */
    uint32_t num_without_peers, num_without_tiers; /* of the places in the histories */
    uint32_t first, last;                          /* periods of the table: of the first adoption, and the last one counted */
    uint32_t *number, *adopted;                    /* owned: of the rows, the place's number in the histories; of the histories */
    nlc_histories histories;
} cli_places;

/* Reads a table with the columns node_id, parent_id, status and adoption_period, and one with from, to and, if it
 * has it, kind. Status is `adopted` or `not_adopted`; places with another one are left out, and so are channels
 * with them. A channel of the kind parent or combined_authority goes from above to below, as a parent_id does; any
 * other is one of peers, and `from` hears `to`; without a kind both hear each other. The histories end with
 * period `last` of the table (0: that of the last adoption). NLC_ERROR_INPUT with the problems added;
 * NLC_ERROR_MEMORY. Free it in any case. */
nlc_error cli_places_read(cli_places *self, const char *nodes, const char *channels, uint32_t last);
void cli_places_free(cli_places *self);

/* The first period of the histories by whose end half of all that adopt have adopted. */
uint32_t cli_places_half(const cli_places *self);

#endif
