/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/heap_walks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void set(struct heap_sums *sums, int64_t time_ns, const struct heap_part *parts,
		size_t count)
{
	free(sums->parts);
	*sums = (struct heap_sums){time_ns, memory_alloc(count * sizeof(*parts)), count};
	memcpy(sums->parts, parts, count * sizeof(*parts));
}

void heap_walks_add(struct heap_walks *walks, int64_t time_ns, const struct heap_part *parts,
		    size_t count)
{
	if (!walks->first.count)
		set(&walks->first, time_ns, parts, count);
	set(&walks->last, time_ns, parts, count);
}

void heap_walks_finish(struct heap_walks *walks)
{
	free(walks->first.parts);
	free(walks->last.parts);
	*walks = (struct heap_walks){0};
}

const struct heap_part *heap_walks_before(const struct heap_walks *walks, uint64_t address)
{
	for (size_t i = 0; i < walks->first.count; i++)
		if (walks->first.parts[i].address == address)
			return &walks->first.parts[i];
	return NULL;
}

struct heap_part heap_sums_all(const struct heap_sums *sums)
{
	struct heap_part all = {0};

	for (size_t i = 0; i < sums->count; i++) {
		all.used += sums->parts[i].used;
		all.free += sums->parts[i].free;
	}
	return all;
}
