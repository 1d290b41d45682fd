/* Peers by distance. */
#ifndef NLC_NETWORK_NEAREST_H
#define NLC_NETWORK_NEAREST_H

#include "network.h"
#include "rank.h"

/* Both directions of a peer channel. */
nlc_error nlc_peers_join(nlc_links *links, uint32_t a, uint32_t b);

/* Joins each of the `num` members, which are of one country and tier and in the order of their keys,
 * with the `num_neighbours` nearest. Some links may be added twice. */
nlc_error nlc_peers_nearest(const nlc_places *places, const nlc_rank *member, uint32_t num, uint32_t num_neighbours,
                            nlc_links *links);

#endif
