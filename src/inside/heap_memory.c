/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/heap_memory.h"

#include "base/search.h"

const struct heap_range *heap_ranges_find(const struct heap_ranges *ranges, uint64_t address,
					  uint64_t size)
{
	size_t index = SEARCH_ABOVE(ranges->ranges, ranges->count, end, address);
	const struct heap_range *range;

	if (index == ranges->count)
		return NULL;
	range = &ranges->ranges[index];
	return address < range->start || range->end - address < size ? NULL : range;
}
