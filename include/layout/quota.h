/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_QUOTA_H
#define LAYOUT_QUOTA_H

/* What each item is due: one row, and of the others its part by weight. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/share_item.h"

#define QUOTA_ROW (INT64_C(1) << 16) /* one row in quota_exact() */

struct quota {
	uint64_t extra; /* rows beyond the one of each item */
	uint64_t total; /* of the weights, or the items where all weights are 0 */
	bool even;      /* all weights are 0: every item weighs 1 */
};

/* The rule by which rows (at least count) are shared among count items (at least 1). */
struct quota quota_of(const struct share_item *items, size_t count, uint64_t rows);

/* The whole rows that are due to the item beyond its first, and what remains (below total). */
uint64_t quota_whole(const struct quota *quota, const struct share_item *item,
		     uint64_t *ret_remainder);

/* The rows due to the item, its first included, in units of 1 / QUOTA_ROW, rounded down. */
int64_t quota_exact(const struct quota *quota, const struct share_item *item);

#endif
