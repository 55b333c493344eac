/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "layout/importance.h"
#include "layout/like.h"
#include "model/kind.h"
#include "model/runtime.h"

/* What was shown before keeps its place until another is four times as important. */
#define BONUS (2 * IMPORTANCE_OCTAVE)
/* Twice the importance: one step between two values puts what was shown before first. */
#define RANKS (2 * (IMPORTANCE_END + BONUS))

#define RUNS_EXPECTED 64 /* at most, as a rule */

/* Bands that there is room for besides the landmarks, if there are rows. */
#define BESIDE 4
/* So many that grew are landmarks; one gives way to another that grew by four times as much. */
#define GROWERS      3
#define GROWER_BONUS 2
/* What grew by less than an eighth of all growth is a part of a fold like all else: 2^3. */
#define GROWER_SHARE 3

uint64_t selection_budget(uint64_t rows)
{
	uint64_t budget = rows / 3 * 2 + rows % 3 * 2 / 3;

	return budget ? budget : 1;
}

uint64_t selection_budget_beside(uint64_t rows, uint64_t landmark_bands)
{
	uint64_t budget = selection_budget(rows);
	uint64_t beside = landmark_bands > 1 ? landmark_bands + BESIDE : 1;

	if (beside > rows)
		beside = rows;
	return budget > beside ? budget : beside;
}

/* One that grew or shrank still is the same region: one of its ends stays where it was. */
static bool is_same(const struct region *a, const struct region *b)
{
	return a->kind == b->kind && (a->start == b->start || a->end == b->end);
}

static bool is_same_list(const struct region_list *a, const struct region_list *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!is_same(&a->regions[i], &b->regions[i]))
			return false;
	return true;
}

/* What can be chosen: a region with what belongs to it, or a run of like neighbours. */
struct item {
	uint32_t first, end; /* regions */
	uint32_t region;     /* that it is chosen by */
	uint16_t importance;
	uint8_t octave; /* of what it grew by, in pages: 1 + log2; 0: it did not grow */
	uint8_t flag;   /* SELECTION_REGION or SELECTION_LIKE */
	uint8_t before; /* 1: it was chosen before */
};

struct items {
	struct item *items; /* one for each region, then the runs */
	size_t count, regions, capacity;
	uint8_t octave; /* of all growth; 0: nothing grew */
};

/* Marks what was chosen before: both lists are ascending, one walk joins them. */
static void mark_chosen_before(const struct region_list *regions, const struct selection *before,
			       uint8_t *marks)
{
	const uint8_t chosen = SELECTION_REGION | SELECTION_LIKE;
	size_t i = 0, j = 0;

	while (i < regions->count && j < before->regions->count) {
		const struct region *now = &regions->regions[i];
		const struct region *old = &before->regions->regions[j];

		if ((before->choice[j] & chosen) && is_same(now, old))
			marks[i] |= before->choice[j] & chosen;
		i += now->end <= old->end;
		j += old->end <= now->end;
	}
}

static void append_item(struct items *items, const struct item *item)
{
	items->items = memory_array_grow(items->items, items->count, &items->capacity,
					 sizeof(*items->items));
	items->items[items->count++] = *item;
}

/* What the regions grew by, as an octave. */
static uint8_t octave_of(const struct region_list *regions, size_t first, size_t end)
{
	const int shift = __builtin_ctzll(regions->page_size);
	uint64_t pages = 0;

	for (size_t i = first; i < end; i++)
		pages += regions->regions[i].grown >> shift;
	return pages ? (uint8_t)(64 - __builtin_clzll(pages)) : 0;
}

static void collect_regions(struct items *items, const struct region_list *regions, size_t pinned)
{
	items->capacity = regions->count + RUNS_EXPECTED;
	items->items = memory_resize(NULL, items->capacity * sizeof(*items->items));
	for (size_t i = 0; i < regions->count; i++) {
		bool is_pinned = i == pinned;

		append_item(
			items,
			&(struct item){
				.first = (uint32_t)(is_pinned ? i : like_band_start(regions, i)),
				.end = (uint32_t)(i + 1),
				.region = (uint32_t)i,
				.importance =
					(uint16_t)(is_pinned ? IMPORTANCE_END - 1
							     : importance_of(&regions->regions[i],
									     regions)),
				.octave = octave_of(regions, i, i + 1),
				.flag = SELECTION_REGION,
			});
	}
	items->regions = items->count;
	items->octave = octave_of(regions, 0, regions->count);
}

/* Of a program's text, data or bss that is loaded in pieces, only the largest is a landmark. */
static void demote_smaller_parts(struct items *items, const struct region_list *regions)
{
	struct item *largest[KIND_COUNT] = {NULL};

	for (size_t i = 0; i < items->regions; i++) {
		const struct region *region = &regions->regions[i];
		struct item *item = &items->items[i], *smaller = item;
		struct item **best = &largest[region->kind];

		if (!like_is_program(region) || item->importance < IMPORTANCE_LANDMARK ||
		    item->importance == IMPORTANCE_END - 1)
			continue;
		if (!*best || item->importance > (*best)->importance) {
			smaller = *best;
			*best = item;
		}
		if (smaller)
			smaller->importance = (uint16_t)importance_of_part(
				&regions->regions[smaller->region], regions);
	}
}

/* The run stands for what is a piece of it; the parts of the program stand for themselves. */
static void demote(struct item *item, const struct region_list *regions)
{
	const struct region *region = &regions->regions[item->region];

	item->importance = (uint16_t)importance_of_piece(region, item->importance);
	if (!like_is_program(region))
		item->octave = 0;
}

/* The runs of like neighbours; what is a piece of one counts for less by itself. */
static void collect_runs(struct items *items, const struct region_list *regions, size_t pinned)
{
	struct like like;

	for (size_t i = 0; i < regions->count; i++) {
		if (!like_find(regions, i, &like))
			continue;
		append_item(items,
			    &(struct item){
				    .first = (uint32_t)like.first,
				    .end = (uint32_t)like.end,
				    .region = (uint32_t)i,
				    .importance = (uint16_t)importance_of_like(&like, regions),
				    .octave = octave_of(regions, like.first, like.end),
				    .flag = SELECTION_LIKE,
			    });
		for (size_t n = like.first; n < like.end; n++)
			if (n != pinned)
				demote(&items->items[n], regions);
		i = like.end - 1;
	}
}

/* Of the heaps of runtimes the largest run is a landmark, as the brk heap is. */
static void promote_runtime(struct items *items, const struct region_list *regions)
{
	struct item *best = NULL;

	for (size_t i = items->regions; i < items->count; i++) {
		struct item *item = &items->items[i];
		uint8_t runtime = regions->regions[item->region].runtime;

		if (runtime != RUNTIME_NONE && runtime != RUNTIME_ASAN &&
		    (!best || item->importance > best->importance))
			best = item;
	}
	if (best)
		best->importance = IMPORTANCE_RUNTIME;
}

/* What lies above user addresses is no part of what is below, wherever there is a row for it. */
static void collect_beyond(struct items *items, const struct region_list *regions)
{
	size_t first = regions->count;

	while (first > 0 && region_is_beyond(&regions->regions[first - 1], regions))
		first--;
	if (first < regions->count)
		append_item(items, &(struct item){
					   .first = (uint32_t)first,
					   .end = (uint32_t)regions->count,
					   .region = (uint32_t)first,
					   .importance = IMPORTANCE_LANDMARK,
					   .flag = SELECTION_LIKE,
				   });
}

/* Of the items that could be promoted the one that grew most, what was chosen before preferred. */
static struct item *find_grower(const struct items *items)
{
	struct item *best = NULL;

	for (size_t i = 0; i < items->count; i++) {
		struct item *item = &items->items[i];

		if (item->octave == 0 || item->importance >= IMPORTANCE_LANDMARK ||
		    item->octave + GROWER_SHARE + item->before < items->octave)
			continue;
		if (!best || item->octave + item->before * GROWER_BONUS >
				     best->octave + best->before * GROWER_BONUS)
			best = item;
	}
	return best;
}

/* What grew most since the baseline is a landmark, too. */
static void promote_growers(struct items *items)
{
	for (unsigned n = 0; n < GROWERS && items->octave; n++) {
		struct item *grower = find_grower(items);

		if (!grower)
			return;
		grower->importance = IMPORTANCE_LANDMARK;
	}
}

/* Whether no region that is not chosen is worth that one that is gives way. */
static bool is_settled(const struct items *items)
{
	unsigned lowest_chosen = IMPORTANCE_END, highest_left = 0;

	for (size_t i = 0; i < items->regions; i++) {
		unsigned importance = items->items[i].importance;

		if (items->items[i].before)
			lowest_chosen = importance < lowest_chosen ? importance : lowest_chosen;
		else
			highest_left = importance > highest_left ? importance : highest_left;
	}
	return highest_left < lowest_chosen + BONUS;
}

static size_t rank_of(const struct item *item)
{
	return 2 * ((size_t)item->importance + item->before * BONUS) + item->before;
}

/* The indices of the items, the most important first: a counting sort. */
static uint32_t *order_by_rank(const struct items *items)
{
	uint32_t *order = memory_resize(NULL, items->count * sizeof(*order));
	uint32_t *places = memory_alloc(RANKS * sizeof(*places));
	uint32_t place = 0;

	for (size_t i = 0; i < items->count; i++)
		places[rank_of(&items->items[i])]++;
	for (size_t rank = RANKS; rank-- > 0;) {
		uint32_t here = places[rank];

		places[rank] = place;
		place += here;
	}
	for (size_t i = 0; i < items->count; i++)
		order[places[rank_of(&items->items[i])]++] = (uint32_t)i;
	free(places);
	return order;
}

/* Borders are only ever added, so the number of bands never falls. */
static void take_prefix(const struct items *items, const uint32_t *order, size_t count,
			uint64_t rows, uint8_t *choice)
{
	uint64_t bands = 1, landmarks = 1, pinned = 0;

	memset(choice, 0, count * sizeof(*choice));
	choice[0] = SELECTION_BORDER;
	for (size_t n = 0; n < items->count; n++) {
		const struct item *item = &items->items[order[n]];
		bool opens = !(choice[item->first] & SELECTION_BORDER);
		bool closes = item->end < count && !(choice[item->end] & SELECTION_BORDER);
		bool is_landmark = item->importance >= IMPORTANCE_LANDMARK;

		bands += opens + closes;
		if (bands > (is_landmark ? rows : selection_budget_beside(rows, landmarks)))
			break;
		/* What is pinned makes no room: all is as before once it is not. */
		if (item->importance == IMPORTANCE_END - 1)
			pinned = opens + closes;
		else if (is_landmark)
			landmarks = bands - pinned;
		choice[item->first] |= SELECTION_BORDER;
		if (closes)
			choice[item->end] |= SELECTION_BORDER;
		choice[item->region] |= item->flag;
	}
}

/* Fills choice with what was chosen before; returns whether that can stay as it is. */
static bool keep(struct items *items, const struct region_list *regions, uint64_t rows,
		 const struct selection *before, uint8_t *choice)
{
	memset(choice, 0, regions->count * sizeof(*choice));
	mark_chosen_before(regions, before, choice);
	for (size_t i = 0; i < items->count; i++)
		items->items[i].before =
			(choice[items->items[i].region] & items->items[i].flag) != 0;
	promote_growers(items);
	if (before->rows != rows || !is_same_list(regions, before->regions) || !is_settled(items))
		return false;
	memcpy(choice, before->choice, regions->count * sizeof(*choice));
	return true;
}

void selection_choose(const struct region_list *regions, uint64_t rows,
		      const struct selection *before, size_t pinned, uint8_t *choice)
{
	struct items items = {0};

	if (regions->count <= rows) {
		memset(choice, SELECTION_REGION | SELECTION_BORDER,
		       regions->count * sizeof(*choice));
		return;
	}
	collect_regions(&items, regions, pinned);
	demote_smaller_parts(&items, regions);
	collect_runs(&items, regions, pinned);
	promote_runtime(&items, regions);
	collect_beyond(&items, regions);
	if (!before)
		promote_growers(&items);
	if (!before || !keep(&items, regions, rows, before, choice)) {
		uint32_t *order = order_by_rank(&items);

		take_prefix(&items, order, regions->count, rows, choice);
		free(order);
	}
	free(items.items);
}
