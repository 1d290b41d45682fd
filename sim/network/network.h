/* Networks: who hears whom. Peer and regional channels are made by rule, places are put into
 * roll-out waves, and a network is measured. igraph is used here and nowhere else, and never while
 * a run is stepped. */
#ifndef NLC_NETWORK_H
#define NLC_NETWORK_H

#include "nlcsim.h"

/* The largest K of a rule, and the largest mean number of peers: a network of more is no network of
 * peers, and a slip of the keyboard must not fill the memory. */
#define NLC_MAX_PEERS 1000

/* Where more places than this plus one share a parent, `parent` joins each of them with this many:
 * half of them on either side in the ring of their keys. Everybody with everybody would need the
 * square of their number. */
#define NLC_MAX_SIBLINGS 100

/* Betweenness is exact in countries of up to this many places; above it is estimated from
 * NLC_NUM_PIVOTS sources (those with the smallest keys, which is a random sample), scaled up. */
#define NLC_MAX_EXACT_BETWEENNESS 5000
#define NLC_NUM_PIVOTS            500

/* Places as the network code sees them; all arrays are borrowed and have num_places members. Places
 * stand in the order of (country, id). */
typedef struct {
    uint32_t num_places, num_countries;
    const char *const *id;
    const uint64_t *key;         /* nlc_hash of the id */
    const uint32_t *country;     /* 0 to num_countries - 1 */
    const uint64_t *country_key; /* [num_countries], nlc_hash of the lead's id */
    const uint32_t *parent;      /* NLC_NO_PARENT: straight under the lead */
    const uint32_t *tier;
    const float *lat, *lon;      /* degrees; NaN where unknown */
    const double *population;    /* NaN where unknown */
    const float *legacy, *ready; /* in [0, 1]; ready is start capacity + start role */
} nlc_places;

/* A directed channel: `to` hears `from`. */
typedef struct {
    uint32_t to, from;
    double weight;
} nlc_link;

/* A list of links; owned, free with nlc_links_free (legal when zeroed, and twice). */
typedef struct {
    nlc_link *link; /* [num] */
    size_t num, capacity;
} nlc_links;
nlc_error nlc_links_add(nlc_links *self, nlc_link link);
void nlc_links_free(nlc_links *self);
/* By (to, from). Of equal pairs the heaviest stays, whatever their order was; the others are dropped. */
void nlc_links_sort(nlc_links *self);

typedef enum {
    NLC_PEERS_NONE,
    NLC_PEERS_NEAREST,
    NLC_PEERS_PARENT,
    NLC_PEERS_SMALL_WORLD,
    NLC_PEERS_RANDOM,
    NLC_PEERS_FILE
} nlc_peer_kind;

/* How peer channels are made: nearest:K, smallworld:K:P, random:DEGREE. */
typedef struct {
    nlc_peer_kind kind;
    uint32_t neighbours; /* K */
    double rewiring;     /* P in [0, 1] */
    double degree;       /* mean number of peers, > 0 */
} nlc_peer_rule;

/* Reads `none`, `nearest:5`, `smallworld:6:0.1`, ... ; NULL, or a static text that says what was
 * expected. Decimals may have a point or a comma. */
const char *nlc_peer_rule_read(const char *text, nlc_peer_rule *rule);

/* True where the rule uses chance, so that network draws differ. */
bool nlc_peer_rule_is_random(const nlc_peer_rule *rule);

/* Makes peer channels, both directions of each, between places of the same country and tier, with
 * weight 1, and adds them to `links`, which is left sorted. Chance comes from (seed, draw, key of the
 * country, smallest key of the tier's places) alone, so a country's network does not depend on the
 * others. Nothing for NONE and FILE.
 *
 * nearest: each place is joined with the K others at the smallest great-circle distance, so that a
 * place has K peers or more. Ties go by key, beginning with the place's own and going round: with
 * the smallest keys first, places at one position would all choose the same few. A place without
 * coordinates is joined with K siblings of its tier, the next ones on either side in the ring of
 * their keys; where there are fewer than K, with cousins in the same way, and so on upwards.
 *
 * smallworld (Watts and Strogatz, Nature 393, 1998): places in a ring by key, each joined with K/2 on
 * either side; then lap by lap each edge keeps its first end and, with probability P, gets a new
 * other end, uniform among the places not yet joined with the first. K or fewer places are all joined.
 *
 * random (Erdos and Renyi): each pair with probability degree/(places - 1), at most 1. */
nlc_error nlc_network_peers(const nlc_places *places, const nlc_peer_rule *rule, uint64_t seed, uint32_t draw, nlc_links *links);

/* Makes regional channels, both directions, with weight 1: the `num_central` most central leaf places
 * of each country (betweenness on the peer and line network, ties by key) are joined with those of
 * every other country. They are added to `links`, which is left sorted. */
nlc_error nlc_network_regional(const nlc_places *places, const nlc_links *peers, uint32_t num_central, nlc_links *links);

/* Betweenness of every place, and of the leads after them, on the undirected unweighted network of
 * peer and line channels: betweenness[num_places + num_countries]. Each country is measured by
 * itself (peers in another country are left out), so no country's figures depend on the others.
 * Betweenness is computed by igraph, which has global state: one thread at a time. */
nlc_error nlc_network_betweenness(const nlc_places *places, const nlc_links *peers, double *betweenness);

typedef enum {
    NLC_WAVES_LISTED,
    NLC_WAVES_RANDOM,
    NLC_WAVES_LARGEST,
    NLC_WAVES_CENTRAL,
    NLC_WAVES_LEGACY,
    NLC_WAVES_READY
} nlc_wave_kind;

typedef struct {
    nlc_wave_kind kind;
    bool by_block; /* all below one top-tier node move together; a block's value is the mean over its places */
    uint32_t number;
} nlc_wave_rule;

/* Puts every place into a wave: wave[num_places], from 0 to number - 1, for each country apart;
 * equal-sized waves in places (or blocks), earlier ones one larger. Order within the rule: highest
 * value first, NaN last; `random` by a hash of (seed, draw, id); ties by key. Values are compared to
 * ten digits, so that places in the same position tie in spite of rounding. A block is a place
 * straight under the lead and all below it. Not for NLC_WAVES_LISTED; `peers` is read by
 * NLC_WAVES_CENTRAL alone. */
nlc_error nlc_network_waves(const nlc_places *places, const nlc_links *peers, const nlc_wave_rule *rule, uint64_t seed,
                            uint32_t draw, uint32_t *wave);

#endif
