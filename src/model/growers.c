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

/* A mapping while groups are sought: one of those of now. */
struct candidate {
	struct alike alike;
	const struct identity_trace *trace;
	int64_t delta;
};

static int compare_alike(const struct alike *x, const struct alike *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->runtime != y->runtime)
		return x->runtime < y->runtime ? -1 : 1;
	return x->size < y->size ? -1 : x->size > y->size;
}

/* Those that are alike follow one another, greatest growth first; traces are in order of address.
 */
static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = compare_alike(&x->alike, &y->alike);

	if (order)
		return order;
	if (x->delta != y->delta)
		return x->delta < y->delta ? 1 : -1;
	return x->trace < y->trace ? -1 : x->trace > y->trace;
}

/* The first of all entries that were added, at most most. */
struct ranking {
	struct growers_entry *entries; /* room for twice as many */
	size_t count, most;
};

static void ranking_init(struct ranking *ranking, size_t most)
{
	*ranking = (struct ranking){.most = most};
	ranking->entries = memory_resize(NULL, 2 * most * sizeof(*ranking->entries));
}

static void ranking_sort(struct ranking *ranking)
{
	if (ranking->count)
		qsort(ranking->entries, ranking->count, sizeof(*ranking->entries), compare_entries);
	if (ranking->count > ranking->most)
		ranking->count = ranking->most;
}

static void ranking_add(struct ranking *ranking, const struct growers_entry *entry)
{
	if (!ranking->most)
		return;
	if (ranking->count == 2 * ranking->most)
		ranking_sort(ranking);
	ranking->entries[ranking->count++] = *entry;
}

/* The entries in order, which are the caller's then. */
static struct growers_entry *ranking_settle(struct ranking *ranking, size_t *ret_count)
{
	ranking_sort(ranking);
	*ret_count = ranking->count;
	return memory_resize(ranking->entries, ranking->count * sizeof(*ranking->entries));
}

static void add_up_kinds(struct growers *growers, const struct identity *identity, size_t most)
{
	const struct address_space *baseline = identity->spaces[IDENTITY_BEFORE];
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	struct ranking ranking;

	ranking_init(&ranking, most);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		uint64_t size = now->by_kind[kind].size;
		uint64_t had = identity->other_program ? 0 : baseline->by_kind[kind].size;

		if (size != had)
			ranking_add(&ranking,
				    &(struct growers_entry){.size = size,
							    .delta = (int64_t)(size - had),
							    .kind = (uint8_t)kind,
							    .vma = UINT32_MAX});
	}
	growers->kinds = ranking_settle(&ranking, &growers->kind_count);
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

/* What a border gave to a reservation is no growth: see model/identity.h. */
static int64_t delta_of(const struct identity_trace *trace)
{
	return (int64_t)(trace->end - trace->start - trace->had);
}

static struct growers_entry make_entry(const struct identity *identity,
				       const struct identity_trace *trace)
{
	const struct vma *vma = &identity->spaces[IDENTITY_NOW]->vmas[trace->vma];

	return (struct growers_entry){.start = vma->start,
				      .end = vma->end,
				      .size = vma_size(vma),
				      .delta = delta_of(trace),
				      .kind = vma->kind,
				      .vma = trace->vma};
}

/* Whether it may be in a group: a piece of a runtime's heap, or one of a sort that is new. */
static bool find_alike(const struct vma *vma, const struct identity_trace *trace,
		       struct alike *ret_alike)
{
	*ret_alike = alike_of(vma);
	return !ret_alike->program && alike_least(ret_alike) &&
	       (ret_alike->runtime || trace->had == 0);
}

/*
 * Ranks all mappings that grew or are new, but for guards of new ones. Those that may be in a
 * group are listed instead.
 */
static struct candidate *rank_mappings(const struct identity *identity, struct ranking *ranking,
				       size_t *ret_count)
{
	const struct address_space *now = identity->spaces[IDENTITY_NOW];
	size_t count = 0, capacity = 0;
	struct candidate *candidates = NULL;

	for (size_t i = 0; i < identity->trace_count[IDENTITY_NOW]; i++) {
		const struct identity_trace *trace = &identity->traces[IDENTITY_NOW][i];
		const struct vma *vma = &now->vmas[trace->vma];
		struct growers_entry entry;
		struct alike alike;

		if (trace->end - trace->start <= trace->had || is_part(identity, i))
			continue;
		if (find_alike(vma, trace, &alike)) {
			candidates = memory_array_grow(candidates, count, &capacity,
						       sizeof(*candidates));
			candidates[count++] = (struct candidate){alike, trace, delta_of(trace)};
		} else {
			entry = make_entry(identity, trace);
			ranking_add(ranking, &entry);
		}
	}
	*ret_count = count;
	return candidates;
}

/* Makes the candidates one entry, of which the first members are kept. */
static struct growers_entry make_group(struct growers *growers, const struct identity *identity,
				       const struct candidate *candidates, size_t count,
				       size_t most)
{
	struct growers_entry group = make_entry(identity, candidates[0].trace);
	size_t kept = count < most ? count : most;

	group.count = (uint32_t)count;
	group.alike = candidates[0].alike;
	group.member = (uint32_t)growers->member_count;
	group.member_count = (uint32_t)kept;
	group.each = group.size;
	growers->members = memory_resize(growers->members, (growers->member_count + kept) *
								   sizeof(*growers->members));
	for (size_t i = 0; i < kept; i++)
		growers->members[growers->member_count++] =
			make_entry(identity, candidates[i].trace);
	for (size_t i = 1; i < count; i++) {
		const struct growers_entry entry = make_entry(identity, candidates[i].trace);

		group.size += entry.size;
		identity_delta_add(&group.delta, entry.delta);
		group.each = entry.size == group.each ? group.each : 0;
	}
	return group;
}

/* Ranks each run of candidates: as a group where it is long enough. */
static void rank_groups(struct growers *growers, const struct identity *identity,
			const struct candidate *candidates, size_t count, struct ranking *ranking)
{
	for (size_t i = 0, next; i < count; i = next) {
		size_t least = alike_least(&candidates[i].alike);
		struct growers_entry entry;

		for (next = i + 1;
		     next < count && alike_same(&candidates[i].alike, &candidates[next].alike);
		     next++)
			;
		if (next - i >= 2 && next - i >= least) {
			entry = make_group(growers, identity, &candidates[i], next - i,
					   ranking->most);
			ranking_add(ranking, &entry);
			continue;
		}
		for (size_t n = i; n < next; n++) {
			entry = make_entry(identity, candidates[n].trace);
			ranking_add(ranking, &entry);
		}
	}
}

static void add_up_mappings(struct growers *growers, const struct identity *identity, size_t most)
{
	struct ranking ranking;
	struct candidate *candidates;
	size_t count;

	ranking_init(&ranking, most);
	candidates = rank_mappings(identity, &ranking, &count);
	if (count)
		qsort(candidates, count, sizeof(*candidates), compare_candidates);
	rank_groups(growers, identity, candidates, count, &ranking);
	growers->mappings = ranking_settle(&ranking, &growers->mapping_count);
	free(candidates);
}

void growers_init(struct growers *growers, const struct identity *identity, size_t most)
{
	*growers = (struct growers){.kinds = NULL};
	add_up_kinds(growers, identity, most);
	add_up_mappings(growers, identity, most);
}

void growers_finish(struct growers *growers)
{
	free(growers->kinds);
	free(growers->mappings);
	free(growers->members);
	free(growers->heap);
	*growers = (struct growers){.kinds = NULL};
}
