/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/spread.h"

#include <stdlib.h>

#include "base/memory.h"

static int compare(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

double spread_share(const double *sorted, size_t count, double share)
{
	double wanted = share * (double)count;
	size_t covered = (size_t)wanted;

	if ((double)covered < wanted || covered == 0)
		covered++;
	return sorted[covered - 1];
}

struct spread spread_of(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return (struct spread){
		.least = values[0],
		.low = spread_share(values, count, 0.25),
		.median = spread_share(values, count, 0.5),
		.high = spread_share(values, count, 0.75),
		.most = values[count - 1],
		.count = count,
	};
}

struct spread spread_of_ratios(const double *values, const double *references, size_t count)
{
	double *ratios = memory_alloc(count * sizeof(*ratios));
	struct spread spread;

	for (size_t i = 0; i < count; i++)
		ratios[i] = values[i] / references[i];
	spread = spread_of(ratios, count);
	free(ratios);
	return spread;
}
