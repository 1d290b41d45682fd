/* Positions on the globe. */
#ifndef NLC_NETWORK_SPHERE_H
#define NLC_NETWORK_SPHERE_H

/* The unit vector of a place at `lat` and `lon` degrees. Distances between unit vectors order like
 * great-circle distances. */
void nlc_sphere_position(float lat, float lon, double position[3]);

#endif
