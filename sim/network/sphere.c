#include "sphere.h"

#include <math.h>

#define RADIANS_PER_DEGREE 0.017453292519943295769

/* The Taylor series of sine and cosine at most 45 degrees from zero, to the last digit. They have
 * the same bits on every machine, which the C library's functions do not promise: places at equal
 * distances would be ordered differently. */
static double sine(double angle)
{
    const double square = angle * angle;
    double series = 1;
    for (int k = 16; k > 0; k -= 2) {
        series = 1 - series * square / (k * (k + 1));
    }
    return angle * series;
}

static double cosine(double angle)
{
    const double square = angle * angle;
    double series = 1;
    for (int k = 17; k > 0; k -= 2) {
        series = 1 - series * square / (k * (k + 1));
    }
    return series;
}

/* Sine of the angle turned by a number of quarter circles. */
static double sine_turned(double angle, int quarters)
{
    switch (quarters & 3) {
    case 0:
        return sine(angle);
    case 1:
        return cosine(angle);
    case 2:
        return -sine(angle);
    default:
        return -cosine(angle);
    }
}

static void sine_and_cosine(double degrees, double *sine_out, double *cosine_out)
{
    const double quarters = floor(degrees / 90 + 0.5);
    const double angle = (degrees - 90 * quarters) * RADIANS_PER_DEGREE;
    const int turn = (int)(quarters - 4 * floor(quarters / 4));
    *sine_out = sine_turned(angle, turn);
    *cosine_out = sine_turned(angle, turn + 1);
}

void nlc_sphere_position(float lat, float lon, double position[3])
{
    double sin_lat, cos_lat, sin_lon, cos_lon;
    sine_and_cosine(lat, &sin_lat, &cos_lat);
    sine_and_cosine(lon, &sin_lon, &cos_lon);
    position[0] = cos_lat * cos_lon;
    position[1] = cos_lat * sin_lon;
    position[2] = sin_lat;
}
