/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage_ranges.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void usage_ranges_finish(struct usage_ranges *ranges)
{
	free(ranges->ranges);
	usage_list_finish(&ranges->usages);
	*ranges = (struct usage_ranges){0};
}

struct usage_ranges *usage_ranges_take(struct usage_ranges *ranges)
{
	struct usage_ranges *taken = memory_alloc(sizeof(*taken));

	*taken = *ranges;
	*ranges = (struct usage_ranges){0};
	return taken;
}

struct usage_ranges *usage_ranges_copy(const struct usage_ranges *ranges)
{
	const size_t size = ranges->count * sizeof(*ranges->ranges);
	struct usage_ranges *copy = memory_alloc(sizeof(*copy));

	copy->ranges = memory_resize(NULL, size);
	if (size)
		memcpy(copy->ranges, ranges->ranges, size);
	copy->count = copy->capacity = ranges->count;
	copy->usages = usage_list_slice(&ranges->usages, 0, ranges->count);
	return copy;
}

void usage_ranges_destroy(struct usage_ranges *ranges)
{
	if (!ranges)
		return;
	usage_ranges_finish(ranges);
	free(ranges);
}

void usage_ranges_add(struct usage_ranges *ranges, uint64_t start, uint64_t end,
		      const struct usage *usage)
{
	const size_t before = ranges->count;

	while (ranges->count && ranges->ranges[ranges->count - 1].end > start)
		ranges->count--;
	if (ranges->count < before)
		usage_list_resize(&ranges->usages, ranges->count);
	ranges->ranges = memory_array_grow(ranges->ranges, ranges->count, &ranges->capacity,
					   sizeof(*ranges->ranges));
	ranges->ranges[ranges->count++] = (struct usage_range){start, end};
	usage_list_append(&ranges->usages, usage);
}

bool usage_ranges_find(const struct usage_ranges *ranges, size_t *next, uint64_t start,
		       uint64_t end, struct usage *ret_usage)
{
	if (!ranges)
		return false;
	while (*next < ranges->count && ranges->ranges[*next].start < start)
		++*next;
	if (*next == ranges->count || ranges->ranges[*next].start != start ||
	    ranges->ranges[*next].end != end)
		return false;
	*ret_usage = usage_list_get(&ranges->usages, *next);
	return true;
}
