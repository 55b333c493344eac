/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/summary.h"

#include <stdlib.h>

#include "model/address_space.h"
#include "model/usage.h"

static struct summary_entry make_entry(enum kind kind, const struct kind_total *total,
				       const struct usage *usage)
{
	return (struct summary_entry){
		.kind = kind,
		.mappings = total->mappings,
		.size = total->size,
		.rss = usage ? usage_in_memory(usage) : TARGET_UNKNOWN,
		.last = usage ? usage_last_in_memory(usage) : TARGET_UNKNOWN,
		.pss = usage ? usage->pss : TARGET_UNKNOWN,
		.swap = usage ? usage->swap : TARGET_UNKNOWN,
		.largest_vma = SUMMARY_NONE,
	};
}

static void find_largest(struct summary_entry *entry, const struct address_space *space, size_t vma)
{
	if (vma_size(&space->vmas[vma]) <= entry->largest)
		return;
	entry->largest = vma_size(&space->vmas[vma]);
	entry->largest_vma = (uint32_t)vma;
}

/* Of the process the kernel's own counts, as in the header; the sums where they are unknown. */
static struct summary_entry make_total(const struct address_space *space,
				       const struct usage_table *usage)
{
	const struct kind_total all = {.mappings = space->mappings, .size = space->size};
	struct usage total = usage ? usage->total : usage_unknown();

	if (usage && space->target.rss != TARGET_UNKNOWN)
		total.rss = space->target.rss;
	if (usage && space->target.swap != TARGET_UNKNOWN)
		total.swap = space->target.swap;
	return make_entry(KIND_COUNT, &all, &total);
}

static int compare(const void *a, const void *b)
{
	const struct summary_entry *left = a, *right = b;

	if (left->size != right->size)
		return left->size > right->size ? -1 : 1;
	return (left->kind > right->kind) - (left->kind < right->kind);
}

void summary_make(struct summary *ret_summary, const struct address_space *space,
		  const struct usage_table *usage)
{
	struct summary_entry *of_kind[KIND_COUNT] = {0};
	struct summary summary = {.total = make_total(space, usage)};

	for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
		if (space->by_kind[kind].mappings == 0)
			continue;
		of_kind[kind] = &summary.entries[summary.count++];
		*of_kind[kind] = make_entry((enum kind)kind, &space->by_kind[kind],
					    usage ? &usage->by_kind[kind] : NULL);
	}
	for (size_t i = 0; i < space->vma_count; i++) {
		find_largest(of_kind[space->vmas[i].kind], space, i);
		find_largest(&summary.total, space, i);
	}
	qsort(summary.entries, summary.count, sizeof(summary.entries[0]), compare);
	*ret_summary = summary;
}
