/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_SUM_H
#define MODEL_USAGE_SUM_H

/*
 * Sums over the usages of many mappings (model/usage_list.h), which each frame asks for. A sum is
 * TARGET_UNKNOWN where one of its values is unknown, or 64 bits do not hold it; of nothing it is 0.
 */

#include <stddef.h>
#include <stdint.h>

struct query_matches;
struct usage_list;

/* The sum of a field (USAGE_FIELD()) of count usages from the first one on, which exist. */
uint64_t usage_sum(const struct usage_list *list, size_t field, size_t first, size_t count);

/* The same of those among them that match; the matches are of the mappings of the list. */
uint64_t usage_sum_matching(const struct usage_list *list, size_t field, size_t first, size_t count,
			    const struct query_matches *matches);

/* The first usage from first on, below end, of which the field is not known; end: there is none. */
size_t usage_next_unknown(const struct usage_list *list, size_t field, size_t first, size_t end);

#endif
