/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/ledger.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/identity.h"

/* Greatest growth first; ties by address, kinds (which have none) in their own order. */
static int compare_entries(const void *a, const void *b)
{
	const struct ledger_entry *x = a, *y = b;

	if (x->delta != y->delta)
		return x->delta < y->delta ? 1 : -1;
	if (x->start != y->start)
		return x->start > y->start ? 1 : -1;
	return x->kind - y->kind;
}

/* Sorts the entries and keeps the first ones, at most most. */
static struct ledger_entry *settle(struct ledger_entry *entries, size_t *count, size_t most)
{
	if (*count)
		qsort(entries, *count, sizeof(*entries), compare_entries);
	if (*count > most)
		*count = most;
	return memory_resize(entries, *count * sizeof(*entries));
}

static void add_up_kinds(struct ledger *ledger, const struct identity *identity, size_t most)
{
	const struct address_space *mark = identity->spaces[IDENTITY_BEFORE];
	const struct address_space *now = identity->spaces[IDENTITY_NOW];

	ledger->kinds = memory_alloc(KIND_COUNT * sizeof(*ledger->kinds));
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		uint64_t size = now->by_kind[kind].size;
		uint64_t had = identity->other_program ? 0 : mark->by_kind[kind].size;

		if (size != had)
			ledger->kinds[ledger->kind_count++] =
				(struct ledger_entry){.size = size,
						      .delta = (int64_t)(size - had),
						      .kind = (uint8_t)kind,
						      .vma = UINT32_MAX};
	}
	ledger->kinds = settle(ledger->kinds, &ledger->kind_count, most);
}

static void add_up_mappings(struct ledger *ledger, const struct identity *identity, size_t most)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	size_t capacity = 0;

	for (size_t i = 0; i < now->vma_count; i++) {
		const struct vma *vma = &now->vmas[i];
		uint64_t size = vma_size(vma), had = identity->traces[IDENTITY_NOW][i].had;

		if (size <= had)
			continue;
		ledger->mappings = memory_array_grow(ledger->mappings, ledger->mapping_count,
						     &capacity, sizeof(*ledger->mappings));
		ledger->mappings[ledger->mapping_count++] =
			(struct ledger_entry){.start = vma->start,
					      .end = vma->end,
					      .size = size,
					      .delta = (int64_t)(size - had),
					      .kind = vma->kind,
					      .vma = (uint32_t)i};
	}
	ledger->mappings = settle(ledger->mappings, &ledger->mapping_count, most);
}

void ledger_init(struct ledger *ledger, const struct address_space *mark,
		 const struct address_space *now, size_t most)
{
	struct identity identity;

	*ledger = (struct ledger){.kinds = NULL};
	identity_init(&identity, mark, now);
	add_up_kinds(ledger, &identity, most);
	add_up_mappings(ledger, &identity, most);
	identity_finish(&identity);
}

void ledger_finish(struct ledger *ledger)
{
	free(ledger->kinds);
	free(ledger->mappings);
	*ledger = (struct ledger){.kinds = NULL};
}
