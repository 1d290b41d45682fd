/* Decimal numbers in results: a fixed number of decimals, exactly rounded, much faster than printf
 * and the same in every locale. */
#ifndef NLC_OUTPUT_NUMBER_H
#define NLC_OUTPUT_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#define NLC_MAX_DECIMALS 9

/* Room for any double: 309 digits before the point, the point, nine decimals and a sign. All of it
 * may be written to. */
#define NLC_DECIMAL_LENGTH 320

/* Writes `value` with `decimals` decimals (0 to NLC_MAX_DECIMALS) and returns the length; the text
 * is not terminated. The exact binary value is rounded, exact ties to even, as printf does under
 * the default rounding. A value that rounds to zero has no sign. NaN gives nothing, infinity INF
 * or -INF (as a Frictionless table writes it). */
size_t nlc_decimal_write(double value, uint32_t decimals, char *text);

/* Writes a whole number and returns its length, at most 20; the text is not terminated. */
size_t nlc_integer_write(uint64_t value, char *text);

#endif
