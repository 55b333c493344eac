/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_RANGES_H
#define MODEL_USAGE_RANGES_H

/*
 * What smaps reported: ranges, sorted, disjoint and not empty, and a usage for each. They are the
 * mappings of the time when it was read. All zeroes: none.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/usage_list.h"

struct usage_range {
	uint64_t start, end;
};

struct usage_ranges {
	struct usage_range *ranges;
	size_t count, capacity;
	struct usage_list usages; /* of the ranges */
};

void usage_ranges_finish(struct usage_ranges *ranges);

/* Moves them into memory of their own, for usage_ranges_destroy(); none are left. */
struct usage_ranges *usage_ranges_take(struct usage_ranges *ranges);

/* A copy, for usage_ranges_destroy(). */
struct usage_ranges *usage_ranges_copy(const struct usage_ranges *ranges);

/* NULL is allowed. */
void usage_ranges_destroy(struct usage_ranges *ranges);

/* Adds the usage of [start, end), which replaces all that end above its start. */
void usage_ranges_add(struct usage_ranges *ranges, uint64_t start, uint64_t end,
		      const struct usage *usage);

/*
 * Whether there is one of exactly that range, and its usage. *next, at first 0, goes up with the
 * ranges that are asked for. NULL ranges: there is none.
 */
bool usage_ranges_find(const struct usage_ranges *ranges, size_t *next, uint64_t start,
		       uint64_t end, struct usage *ret_usage);

#endif
