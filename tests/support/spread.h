/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_SPREAD_H
#define SUPPORT_SPREAD_H

/*
 * What a set of measurements says: the middle one, and how far the others are from it. A share of
 * them is the nearest one: the smallest value that at least that share does not exceed, so each
 * figure is one that was measured. The unit is that of the values.
 */

#include <stddef.h>

struct spread {
	double least, low, median, high, most; /* low and high: the quartiles */
	size_t count;
};

/* Of count values, at least 1; sorts them. */
struct spread spread_of(double *values, size_t count);

/* The value that the share (0 to 1) of the count sorted values, at least 1, does not exceed. */
double spread_share(const double *sorted, size_t count, double share);

/* The spread of values[i] / references[i], for pairs that were measured side by side. */
struct spread spread_of_ratios(const double *values, const double *references, size_t count);

#endif
