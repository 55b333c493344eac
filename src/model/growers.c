/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/growers.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/identity.h"

/* Greatest growth first; ties by address, kinds (which have none) in their own order. */
static int compare_entries(const void *a, const void *b)
{
	const struct growers_entry *x = a, *y = b;

	if (x->delta != y->delta)
		return x->delta < y->delta ? 1 : -1;
	if (x->start != y->start)
		return x->start > y->start ? 1 : -1;
	return x->kind - y->kind;
}

/* Sorts the entries and keeps the first ones, at most most. */
static struct growers_entry *settle(struct growers_entry *entries, size_t *count, size_t most)
{
	if (*count)
		qsort(entries, *count, sizeof(*entries), compare_entries);
	if (*count > most)
		*count = most;
	return memory_resize(entries, *count * sizeof(*entries));
}

static void add_up_kinds(struct growers *growers, const struct identity *identity, size_t most)
{
	const struct address_space *baseline = identity->spaces[IDENTITY_BEFORE];
	const struct address_space *now = identity->spaces[IDENTITY_NOW];

	growers->kinds = memory_alloc(KIND_COUNT * sizeof(*growers->kinds));
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		uint64_t size = now->by_kind[kind].size;
		uint64_t had = identity->other_program ? 0 : baseline->by_kind[kind].size;

		if (size != had)
			growers->kinds[growers->kind_count++] =
				(struct growers_entry){.size = size,
						       .delta = (int64_t)(size - had),
						       .kind = (uint8_t)kind,
						       .vma = UINT32_MAX};
	}
	growers->kinds = settle(growers->kinds, &growers->kind_count, most);
}

static void add_up_mappings(struct growers *growers, const struct identity *identity, size_t most)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	size_t capacity = 0;

	for (size_t i = 0; i < now->vma_count; i++) {
		const struct vma *vma = &now->vmas[i];
		uint64_t size = vma_size(vma), had = identity->traces[IDENTITY_NOW][i].had;

		if (size <= had)
			continue;
		growers->mappings = memory_array_grow(growers->mappings, growers->mapping_count,
						      &capacity, sizeof(*growers->mappings));
		growers->mappings[growers->mapping_count++] =
			(struct growers_entry){.start = vma->start,
					       .end = vma->end,
					       .size = size,
					       .delta = (int64_t)(size - had),
					       .kind = vma->kind,
					       .vma = (uint32_t)i};
	}
	growers->mappings = settle(growers->mappings, &growers->mapping_count, most);
}

void growers_init(struct growers *growers, const struct address_space *baseline,
		  const struct address_space *now, size_t most)
{
	struct identity identity;

	*growers = (struct growers){.kinds = NULL};
	identity_init(&identity, baseline, now);
	add_up_kinds(growers, &identity, most);
	add_up_mappings(growers, &identity, most);
	identity_finish(&identity);
}

void growers_finish(struct growers *growers)
{
	free(growers->kinds);
	free(growers->mappings);
	*growers = (struct growers){.kinds = NULL};
}
