/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/share.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/order.h"
#include "layout/quota.h"

/* The items by size, then by remainder: the order in which the rows left over are given. */
static struct order_item *order_by_remainder(const struct share_item *items, size_t count,
					     const uint64_t *remainders)
{
	struct order_item *order = memory_resize(NULL, count * sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = (struct order_item){.key = ~items[i].size, .index = (uint32_t)i};
	order_sort(order, count);
	for (size_t i = 0; i < count; i++)
		order[i].key = ~remainders[order[i].index];
	order_sort(order, count);
	return order;
}

void share_rows(const struct share_item *items, size_t count, uint64_t rows, uint64_t *ret_rows)
{
	uint64_t *remainders = memory_resize(NULL, count * sizeof(*remainders));
	struct quota quota = quota_of(items, count, rows);
	uint64_t left = rows - count;
	struct order_item *order;

	for (size_t i = 0; i < count; i++) {
		uint64_t whole = quota_whole(&quota, &items[i], &remainders[i]);

		ret_rows[i] = 1 + whole;
		left -= whole;
	}
	if (left) {
		order = order_by_remainder(items, count, remainders);
		for (uint64_t i = 0; i < left; i++)
			ret_rows[order[i].index]++;
		free(order);
	}
	free(remainders);
}
