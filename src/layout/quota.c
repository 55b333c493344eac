/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/quota.h"

/* 2^40 rows times a 64-bit weight. */
typedef unsigned __int128 product;

struct quota quota_of(const struct share_item *items, size_t count, uint64_t rows)
{
	struct quota quota = {.extra = rows - count};

	for (size_t i = 0; i < count; i++)
		quota.total += items[i].weight;
	if (quota.total == 0) {
		quota.total = count;
		quota.even = true;
	}
	return quota;
}

static product due(const struct quota *quota, const struct share_item *item)
{
	return (product)quota->extra * (quota->even ? 1 : item->weight);
}

uint64_t quota_whole(const struct quota *quota, const struct share_item *item,
		     uint64_t *ret_remainder)
{
	product part = due(quota, item);

	*ret_remainder = (uint64_t)(part % quota->total);
	return (uint64_t)(part / quota->total);
}

int64_t quota_exact(const struct quota *quota, const struct share_item *item)
{
	return QUOTA_ROW + (int64_t)(due(quota, item) * QUOTA_ROW / quota->total);
}
