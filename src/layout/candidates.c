/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "layout/importance.h"
#include "layout/like.h"
#include "model/kind.h"
#include "model/runtime.h"

#define RUNS_EXPECTED 64 /* at most, as a rule */

/* So many that grew are landmarks; one gives way to another that grew by four times as much. */
#define GROWERS      3
#define GROWER_BONUS 2
/* What grew by less than an eighth of all growth is a part of a fold like all else: 2^3. */
#define GROWER_SHARE 3

static uint8_t octave_of(uint64_t pages)
{
	return pages ? (uint8_t)(64 - __builtin_clzll(pages)) : 0;
}

/* What the regions grew by, in pages. */
static uint64_t pages_grown(const struct region_list *regions, size_t first, size_t end)
{
	const int shift = __builtin_ctzll(regions->page_size);
	uint64_t pages = 0;

	for (size_t i = first; i < end; i++)
		pages += region_grown(&regions->regions[i]) >> shift;
	return pages;
}

static void collect_regions(struct candidates *candidates)
{
	const struct region_list *regions = candidates->regions;
	const int shift = __builtin_ctzll(regions->page_size);
	uint64_t all = 0;

	candidates->count = regions->count;
	for (size_t i = 0; i < regions->count; i++) {
		const struct region *region = &regions->regions[i];
		uint64_t pages = region_grown(region) >> shift;

		candidates->list[i] = (struct candidate){
			.importance = (uint16_t)importance_of(region, regions),
			.octave = octave_of(pages),
		};
		all += pages;
	}
	candidates->octave = octave_of(all);
}

/* Of a program's text, data or bss that is loaded in pieces, only the largest is a landmark. */
static void demote_smaller_parts(struct candidates *candidates)
{
	const struct region_list *regions = candidates->regions;
	size_t largest[KIND_COUNT];

	memset(largest, 0xff, sizeof(largest));
	for (size_t i = 0; i < regions->count; i++) {
		struct candidate *list = candidates->list;
		size_t *best, smaller = i;

		if (list[i].importance < IMPORTANCE_LANDMARK || i == candidates->pinned ||
		    !like_is_program(&regions->regions[i]))
			continue;
		best = &largest[regions->regions[i].kind];
		if (*best == SIZE_MAX || list[i].importance > list[*best].importance) {
			smaller = *best;
			*best = i;
		}
		if (smaller != SIZE_MAX)
			list[smaller].importance =
				(uint16_t)importance_of_part(&regions->regions[smaller], regions);
	}
}

static struct candidate *append_run(struct candidates *candidates, struct candidate_span span,
				    unsigned importance)
{
	struct candidate *run = &candidates->list[candidates->count++];

	candidates->runs = memory_array_grow(candidates->runs, candidates->run_count,
					     &candidates->run_capacity, sizeof(*candidates->runs));
	candidates->runs[candidates->run_count++] = span;
	*run = (struct candidate){.importance = (uint16_t)importance};
	return run;
}

/* The run stands for what is a piece of it; the parts of the program stand for themselves. */
static void demote_piece(struct candidates *candidates, size_t index)
{
	const struct region *region = &candidates->regions->regions[index];
	struct candidate *piece = &candidates->list[index];

	piece->importance = (uint16_t)importance_of_piece(region, piece->importance);
	if (!like_is_program(region))
		piece->octave = 0;
}

/* The runs of like neighbours; what is a piece of one counts for less by itself. */
static void collect_runs(struct candidates *candidates)
{
	const struct region_list *regions = candidates->regions;
	struct like like;

	for (size_t i = 0; i < regions->count; i++) {
		struct candidate_span span = {.region = (uint32_t)i};
		struct candidate *run;

		if (!like_may_begin(&regions->regions[i]) || !like_find(regions, i, &like))
			continue;
		span.first = (uint32_t)like.first;
		span.end = (uint32_t)like.end;
		run = append_run(candidates, span, importance_of_like(&like, regions));
		run->octave = octave_of(pages_grown(regions, like.first, like.end));
		for (size_t n = like.first; n < like.end; n++)
			demote_piece(candidates, n);
		i = like.end - 1;
	}
}

/* Of the heaps of runtimes the largest run is a landmark, as the brk heap is. */
static void promote_runtime(struct candidates *candidates)
{
	struct candidate *runs = &candidates->list[candidates->regions->count], *best = NULL;

	for (size_t i = 0; i < candidates->run_count; i++) {
		uint8_t runtime = candidates->regions->regions[candidates->runs[i].region].runtime;

		if (runtime_is_heap(runtime) && (!best || runs[i].importance > best->importance))
			best = &runs[i];
	}
	if (best)
		best->importance = IMPORTANCE_RUNTIME;
}

/* What lies above user addresses is no part of what is below, wherever there is a row for it. */
static void collect_beyond(struct candidates *candidates)
{
	const struct region_list *regions = candidates->regions;
	size_t first = regions->count;

	while (first > 0 && region_is_beyond(&regions->regions[first - 1], regions))
		first--;
	if (first < regions->count)
		append_run(candidates,
			   (struct candidate_span){
				   .first = (uint32_t)first,
				   .end = (uint32_t)regions->count,
				   .region = (uint32_t)first,
			   },
			   IMPORTANCE_LANDMARK);
}

void candidates_find(struct candidates *candidates, const struct region_list *regions)
{
	*candidates = (struct candidates){.regions = regions, .pinned = SIZE_MAX};
	/* Each run has a lowest piece of its own, and one is beyond user addresses. */
	candidates->list =
		memory_resize(NULL, (2 * regions->count + 1) * sizeof(*candidates->list));
	collect_regions(candidates);
	collect_runs(candidates);
	candidates->list = memory_resize(candidates->list,
					 (candidates->count + 1) * sizeof(*candidates->list));
}

/* The same of the regions that they were found for, to be changed. */
static void copy(struct candidates *candidates, const struct region_list *regions,
		 const struct candidates *found)
{
	const size_t runs = found->run_count, bytes = found->count * sizeof(*found->list);

	*candidates = *found;
	candidates->regions = regions;
	candidates->run_capacity = runs + 1;
	candidates->list = memory_resize(NULL, bytes + sizeof(*found->list));
	candidates->runs = memory_resize(NULL, (runs + 1) * sizeof(*found->runs));
	memcpy(candidates->list, found->list, bytes);
	if (runs)
		memcpy(candidates->runs, found->runs, runs * sizeof(*found->runs));
}

/* It is no mere piece of a run, either. */
static void pin(struct candidates *candidates, size_t index)
{
	const struct region_list *regions = candidates->regions;

	candidates->pinned = index;
	if (index < regions->count)
		candidates->list[index] = (struct candidate){
			.importance = IMPORTANCE_END - 1,
			.octave = octave_of(pages_grown(regions, index, index + 1)),
		};
}

void candidates_init(struct candidates *candidates, const struct region_list *regions,
		     const struct candidates *found, size_t pinned)
{
	if (found)
		copy(candidates, regions, found);
	else
		candidates_find(candidates, regions);
	pin(candidates, pinned);
	demote_smaller_parts(candidates);
	promote_runtime(candidates);
	collect_beyond(candidates);
}

void candidates_forget_growth(struct candidates *found)
{
	for (size_t i = 0; found->octave && i < found->count; i++)
		found->list[i].octave = 0;
	found->octave = 0;
}

void candidates_finish(struct candidates *candidates)
{
	free(candidates->list);
	free(candidates->runs);
	*candidates = (struct candidates){0};
}

/* Of what could be promoted the one that grew most, what was chosen before preferred. */
static struct candidate *find_grower(const struct candidates *candidates)
{
	struct candidate *best = NULL;

	for (size_t i = 0; i < candidates->count; i++) {
		struct candidate *candidate = &candidates->list[i];

		if (candidate->octave == 0 || candidate->importance >= IMPORTANCE_LANDMARK ||
		    candidate->octave + GROWER_SHARE + candidate->before < candidates->octave)
			continue;
		if (!best || candidate->octave + candidate->before * GROWER_BONUS >
				     best->octave + best->before * GROWER_BONUS)
			best = candidate;
	}
	return best;
}

void candidates_promote_growers(struct candidates *candidates)
{
	for (unsigned n = 0; n < GROWERS && candidates->octave; n++) {
		struct candidate *grower = find_grower(candidates);

		if (!grower)
			return;
		grower->importance = n ? IMPORTANCE_LANDMARK : IMPORTANCE_GROWER;
	}
}

struct candidate_span candidates_span(const struct candidates *candidates, size_t index)
{
	size_t count = candidates->regions->count, first = index;

	if (index >= count)
		return candidates->runs[index - count];
	/* What is pinned may be a mere part of what is below it. */
	if (index != candidates->pinned)
		first = like_band_start(candidates->regions, index);
	return (struct candidate_span){(uint32_t)first, (uint32_t)index + 1, (uint32_t)index};
}
