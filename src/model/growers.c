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

/* A mapping while groups are sought. */
struct candidate {
	struct alike alike;
	const struct growers_entry *entry;
};

static int compare_alike(const struct alike *x, const struct alike *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->runtime != y->runtime)
		return x->runtime < y->runtime ? -1 : 1;
	return x->size < y->size ? -1 : x->size > y->size;
}

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = compare_alike(&x->alike, &y->alike);

	return order ? order : compare_entries(x->entry, y->entry);
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

/* Whether the mapping of the trace appeared next to the guard and is not a guard itself. */
static bool is_guarded(const struct address_space *now, const struct identity_trace *trace,
		       const struct vma *guard)
{
	const struct vma *vma = &now->vmas[trace->vma];

	return trace->had == 0 && vma->kind != KIND_GUARD &&
	       (vma->start == guard->end || vma->end == guard->start);
}

/* A guard that appeared with what it guards, as those of thread stacks do, is part of that. */
static bool is_part(const struct identity *identity, size_t i)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	const struct identity_trace *traces = identity->traces[IDENTITY_NOW];
	const struct vma *vma = &now->vmas[traces[i].vma];

	if (vma->kind != KIND_GUARD || traces[i].had)
		return false;
	return (i > 0 && is_guarded(now, &traces[i - 1], vma)) ||
	       (i + 1 < identity->trace_count[IDENTITY_NOW] &&
		is_guarded(now, &traces[i + 1], vma));
}

/* All mappings that grew or are new, but for guards of new ones. */
static struct growers_entry *list_mappings(const struct identity *identity, size_t *ret_count)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	struct growers_entry *entries = NULL;
	size_t capacity = 0, count = 0;

	for (size_t i = 0; i < identity->trace_count[IDENTITY_NOW]; i++) {
		const struct identity_trace *trace = &identity->traces[IDENTITY_NOW][i];
		const struct vma *vma = &now->vmas[trace->vma];
		uint64_t size = vma_size(vma);

		if (size <= trace->had || is_part(identity, i))
			continue;
		entries = memory_array_grow(entries, count, &capacity, sizeof(*entries));
		entries[count++] = (struct growers_entry){.start = vma->start,
							  .end = vma->end,
							  .size = size,
							  .delta = (int64_t)(size - trace->had),
							  .kind = vma->kind,
							  .vma = trace->vma};
	}
	*ret_count = count;
	return entries;
}

/* Whether it may be in a group: a piece of a runtime's heap, or one of a sort that is new. */
static bool find_alike(const struct address_space *now, const struct growers_entry *entry,
		       struct alike *ret_alike)
{
	*ret_alike = alike_of(&now->vmas[entry->vma]);
	return !ret_alike->program && alike_least(ret_alike) &&
	       (ret_alike->runtime || (uint64_t)entry->delta == entry->size);
}

/* Makes the candidates one entry, of which the first members are kept. */
static struct growers_entry make_group(struct growers *growers, const struct candidate *candidates,
				       size_t count, size_t most)
{
	struct growers_entry group = *candidates[0].entry;
	size_t kept = count < most ? count : most;

	group.count = (uint32_t)count;
	group.alike = candidates[0].alike;
	group.member = (uint32_t)growers->member_count;
	group.member_count = (uint32_t)kept;
	group.each = group.size;
	growers->members = memory_resize(growers->members, (growers->member_count + kept) *
								   sizeof(*growers->members));
	for (size_t i = 0; i < kept; i++)
		growers->members[growers->member_count++] = *candidates[i].entry;
	for (size_t i = 1; i < count; i++) {
		group.size += candidates[i].entry->size;
		group.delta += candidates[i].entry->delta;
		group.each = candidates[i].entry->size == group.each ? group.each : 0;
	}
	return group;
}

/* Puts a group in the place of each run of candidates that is long enough. */
static void add_groups(struct growers *growers, const struct candidate *candidates, size_t count,
		       size_t most)
{
	for (size_t i = 0, next; i < count; i = next) {
		size_t least = alike_least(&candidates[i].alike);

		for (next = i + 1;
		     next < count && alike_same(&candidates[i].alike, &candidates[next].alike);
		     next++)
			;
		if (next - i < 2 || next - i < least)
			for (size_t n = i; n < next; n++)
				growers->mappings[growers->mapping_count++] = *candidates[n].entry;
		else
			growers->mappings[growers->mapping_count++] =
				make_group(growers, &candidates[i], next - i, most);
	}
}

static void add_up_mappings(struct growers *growers, const struct identity *identity, size_t most)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	size_t count, candidate_count = 0;
	struct growers_entry *entries = list_mappings(identity, &count);
	struct candidate *candidates = memory_alloc(count * sizeof(*candidates));

	growers->mappings = memory_alloc(count * sizeof(*growers->mappings));
	for (size_t i = 0; i < count; i++) {
		struct candidate *candidate = &candidates[candidate_count];

		candidate->entry = &entries[i];
		if (find_alike(now, &entries[i], &candidate->alike))
			candidate_count++;
		else
			growers->mappings[growers->mapping_count++] = entries[i];
	}
	if (candidate_count)
		qsort(candidates, candidate_count, sizeof(*candidates), compare_candidates);
	add_groups(growers, candidates, candidate_count, most);
	growers->mappings = settle(growers->mappings, &growers->mapping_count, most);
	free(candidates);
	free(entries);
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
	free(growers->members);
	free(growers->heap);
	*growers = (struct growers){.kinds = NULL};
}
