/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/usage_ranges.h"
#include "model/usage_sum.h"

/* What sums have, too. */
static const size_t summed[] = {
	offsetof(struct usage, rss),           offsetof(struct usage, swap),
	offsetof(struct usage, pss),           offsetof(struct usage, uss),
	offsetof(struct usage, private_dirty), offsetof(struct usage, shared_dirty),
	offsetof(struct usage, referenced),    offsetof(struct usage, anonymous),
	offsetof(struct usage, huge),          offsetof(struct usage, locked),
	offsetof(struct usage, hugetlb),
};

static struct usage empty_sum(void)
{
	return (struct usage){
		.page_size = TARGET_UNKNOWN, .flags = TARGET_UNKNOWN, .key = TARGET_UNKNOWN};
}

uint64_t usage_in_memory(const struct usage *usage)
{
	uint64_t sum = usage->rss;

	if (usage->hugetlb != TARGET_UNKNOWN)
		usage_add(&sum, usage->hugetlb);
	return sum;
}

uint64_t usage_last_in_memory(const struct usage *usage)
{
	return usage->rss == TARGET_UNKNOWN ? usage->last : usage_in_memory(usage);
}

void usage_last_add(struct usage_last *sum, uint64_t bytes, uint64_t size)
{
	usage_add(&sum->size, size);
	if (bytes == TARGET_UNKNOWN)
		return;
	usage_add(&sum->known, size);
	usage_add(&sum->bytes, bytes);
}

uint64_t usage_last_known(const struct usage_last *sum)
{
	return sum->known >= sum->size - sum->known ? sum->bytes : TARGET_UNKNOWN;
}

/* How many mappings from the first one on are of its kind. */
static size_t count_kind(const struct address_space *space, size_t first)
{
	size_t end = first + 1;

	while (end < space->vma_count && space->vmas[end].kind == space->vmas[first].kind)
		end++;
	return end - first;
}

/* What was last known of them: of all, or else of each that it is known of. */
static struct usage_last find_last(const struct usage_table *table,
				   const struct address_space *space, size_t first, size_t count)
{
	uint64_t all = usage_sum(&table->vmas, USAGE_FIELD(rss), first, count);
	struct usage_last last = {0};

	usage_add(&all, usage_sum(&table->vmas, USAGE_FIELD(hugetlb), first, count));
	for (size_t i = first; i < first + count; i++) {
		struct usage usage;

		if (all != TARGET_UNKNOWN) {
			last.size += vma_size(&space->vmas[i]);
			continue;
		}
		usage = usage_list_get(&table->vmas, i);
		usage_last_add(&last, usage_last_in_memory(&usage), vma_size(&space->vmas[i]));
	}
	if (all != TARGET_UNKNOWN)
		last = (struct usage_last){.bytes = all, .known = last.size, .size = last.size};
	return last;
}

static void add_last(struct usage_last *sum, const struct usage_last *part)
{
	usage_add(&sum->size, part->size);
	usage_add(&sum->known, part->known);
	usage_add(&sum->bytes, part->bytes);
}

/* Neighbours of one kind are added up together, as there can be very many. */
static struct usage_last add_up_kinds(struct usage_table *table, const struct address_space *space)
{
	struct usage_last last[KIND_COUNT] = {0}, last_of_all = {0}, part;

	for (int kind = 0; kind < KIND_COUNT; kind++)
		table->by_kind[kind] = empty_sum();
	for (size_t i = 0, count; i < space->vma_count; i += count) {
		const enum kind kind = space->vmas[i].kind;

		count = count_kind(space, i);
		for (size_t s = 0; s < sizeof(summed) / sizeof(summed[0]); s++)
			usage_add((uint64_t *)((char *)&table->by_kind[kind] + summed[s]),
				  usage_sum(&table->vmas, summed[s] / sizeof(uint64_t), i, count));
		part = find_last(table, space, i, count);
		add_last(&last[kind], &part);
		add_last(&last_of_all, &part);
	}
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (last[kind].size)
			table->by_kind[kind].last = usage_last_known(&last[kind]);
	return last_of_all;
}

static void take_residency(struct usage *usage, const struct vma *vma, struct residency_walk *walk,
			   bool hugetlb)
{
	struct residency_sum sum;
	uint64_t covered = residency_walk_next(walk, vma->start, vma->end, &sum);

	if (covered < vma_size(vma)) {
		if (covered)
			usage->last = sum.resident;
		return;
	}
	if (hugetlb) {
		usage->hugetlb = sum.resident;
		return;
	}
	/* What is of hugetlb without looking so is not covered (residency/scan_result.h). */
	if (usage->hugetlb == TARGET_UNKNOWN)
		usage->hugetlb = 0;
	usage->rss = sum.resident;
	if (!(vma->perms & PERM_SHARED) ||
	    (usage->swap == TARGET_UNKNOWN &&
	     usage_swap_is_told(walk->residency, (enum kind)vma->kind)))
		usage->swap = sum.swapped;
}

/* Completes what smaps said of the VMA (or nothing) by the runs of a residency, if there is one. */
static void complete_usage(struct usage *usage, const struct vma *vma, uint64_t page_size,
			   struct residency_walk *walk)
{
	bool hugetlb = vma_is_hugetlb(vma) || usage_is_hugetlb(usage, page_size);

	if (hugetlb)
		usage->swap = 0;
	if (walk->residency)
		take_residency(usage, vma, walk, hugetlb);
	if (hugetlb)
		usage->rss = usage->hugetlb != TARGET_UNKNOWN ? 0 : TARGET_UNKNOWN;
}

static bool has_runs(const struct residency *residency)
{
	return residency && (residency->source == RESIDENCY_PAGEMAP_SCAN ||
			     residency->source == RESIDENCY_PAGEMAP);
}

/* The sums of all; what sums do not have is unknown. */
static struct usage sum_up(const struct usage_list *usages)
{
	struct usage sum = empty_sum();

	for (size_t i = 0; i < sizeof(summed) / sizeof(summed[0]); i++)
		*(uint64_t *)((char *)&sum + summed[i]) =
			usage_sum(usages, summed[i] / sizeof(uint64_t), 0, usages->count);
	return sum;
}

/* Of the process as a whole: see usage_table_init(). said: what smaps said of all. */
static struct usage find_total(const struct usage_table *table, const struct target *target,
			       const struct usage *said)
{
	const struct usage sum = sum_up(&table->vmas);
	struct usage total = said ? *said : sum;

	if (sum.hugetlb != TARGET_UNKNOWN)
		total.hugetlb = sum.hugetlb;
	total.rss = sum.rss != TARGET_UNKNOWN ? sum.rss : target->rss;
	total.swap = sum.swap != TARGET_UNKNOWN ? sum.swap : target->swap;
	return total;
}

/* Where nothing is known but the residency: the same, of the fields that it tells. */
static void fill_memory(struct usage_table *table, const struct address_space *space,
			struct residency_walk *walk)
{
	struct usage usage = usage_unknown();

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		const bool hugetlb = vma_is_hugetlb(vma);

		usage.rss = usage.hugetlb = usage.last = TARGET_UNKNOWN;
		usage.swap = hugetlb ? 0 : TARGET_UNKNOWN;
		if (walk->residency)
			take_residency(&usage, vma, walk, hugetlb);
		if (hugetlb)
			usage.rss = usage.hugetlb != TARGET_UNKNOWN ? 0 : TARGET_UNKNOWN;
		usage_list_append_memory(&table->vmas, &usage);
	}
}

static void fill_all(struct usage_table *table, const struct address_space *space,
		     struct residency_walk *walk, const struct usage_ranges *smaps)
{
	const bool has_said = table->vmas.count != 0;
	size_t next = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		struct usage usage, before;

		if (has_said)
			usage = before = usage_list_get(&table->vmas, i);
		else if (!usage_ranges_find(smaps, &next, vma->start, vma->end, &usage))
			usage = usage_unknown();
		complete_usage(&usage, vma, space->target.page_size, walk);
		if (!has_said)
			usage_list_append(&table->vmas, &usage);
		else if (memcmp(&usage, &before, sizeof(usage)) != 0)
			usage_list_set(&table->vmas, i, &usage);
	}
}

/*
 * What is known of each VMA, from what smaps said; smaps NULL: the table has that already. said: of
 * all together, NULL: nothing.
 */
static void fill(struct usage_table *table, const struct address_space *space,
		 const struct residency *residency, const struct usage_ranges *smaps,
		 const struct usage *said)
{
	struct residency_walk walk = {.residency = residency};
	struct usage_last last;

	if (table->vmas.count || smaps)
		fill_all(table, space, &walk, smaps);
	else
		fill_memory(table, space, &walk);
	last = add_up_kinds(table, space);
	table->total = find_total(table, &space->target, said);
	table->total.last = usage_last_known(&last);
}

static void begin(struct usage_table *table, const struct residency *residency,
		  const struct usage_ranges *smaps, int64_t smaps_ns)
{
	*table = (struct usage_table){
		.source = has_runs(residency) ? residency->source
			  : smaps             ? RESIDENCY_SMAPS
					      : RESIDENCY_NONE,
		.smaps_ns = smaps ? smaps_ns : 0,
	};
}

void usage_table_init(struct usage_table *table, const struct address_space *space,
		      const struct residency *residency, const struct usage_ranges *smaps,
		      int64_t smaps_ns)
{
	struct usage said;

	begin(table, residency, smaps, smaps_ns);
	usage_list_reserve(&table->vmas, space->vma_count);
	if (smaps)
		said = sum_up(&smaps->usages);
	fill(table, space, has_runs(residency) ? residency : NULL, smaps, smaps ? &said : NULL);
}

static bool is_of(const struct usage_ranges *smaps, const struct address_space *space)
{
	if (smaps->count != space->vma_count)
		return false;
	for (size_t i = 0; i < smaps->count; i++)
		if (smaps->ranges[i].start != space->vmas[i].start ||
		    smaps->ranges[i].end != space->vmas[i].end)
			return false;
	return true;
}

void usage_table_adopt(struct usage_table *table, const struct address_space *space,
		       const struct residency *residency, struct usage_ranges *smaps,
		       int64_t smaps_ns)
{
	struct usage said;

	if (!smaps || !is_of(smaps, space)) {
		usage_table_init(table, space, residency, smaps, smaps_ns);
		usage_ranges_destroy(smaps);
		return;
	}
	begin(table, residency, smaps, smaps_ns);
	said = sum_up(&smaps->usages);
	table->vmas = smaps->usages;
	smaps->usages = (struct usage_list){0};
	usage_ranges_destroy(smaps);
	fill(table, space, has_runs(residency) ? residency : NULL, NULL, &said);
}

void usage_table_restore(struct usage_table *table, const struct address_space *space,
			 struct usage_list vmas, const struct usage *total)
{
	*table = (struct usage_table){.vmas = vmas, .total = *total};
	add_up_kinds(table, space);
}

struct usage usage_table_at(const struct usage_table *table, size_t index)
{
	return table && index < table->vmas.count ? usage_list_get(&table->vmas, index)
						  : usage_unknown();
}

const struct usage_node *usage_table_nodes(const struct usage_table *table, uint64_t start,
					   size_t *ret_count)
{
	size_t first = SEARCH_FROM(table->nodes, table->node_count, start, start), end = first;

	while (end < table->node_count && table->nodes[end].start == start)
		end++;
	*ret_count = end - first;
	return end > first ? &table->nodes[first] : NULL;
}

void usage_table_copy(struct usage_table *copy, const struct usage_table *table)
{
	*copy = *table;
	copy->vmas = usage_list_slice(&table->vmas, 0, table->vmas.count);
}

void usage_table_finish(struct usage_table *table)
{
	usage_list_finish(&table->vmas);
	*table = (struct usage_table){0};
}
