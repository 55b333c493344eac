/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "layout/importance.h"

/* What was shown before keeps its place until another is four times as important. */
#define BONUS (2 * IMPORTANCE_OCTAVE)
/* Twice the importance: one step between two values puts what was shown before first. */
#define RANKS (2 * (IMPORTANCE_END + BONUS))

uint64_t selection_budget(uint64_t rows)
{
	uint64_t budget = rows / 3 * 2 + rows % 3 * 2 / 3;

	return budget ? budget : 1;
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

/* Marks the regions that were shown before: both lists are ascending, one walk joins them. */
static void mark_shown_before(const struct region_list *regions, const struct selection *before,
			      bool *marks)
{
	size_t i = 0, j = 0;

	memset(marks, 0, regions->count * sizeof(*marks));
	while (i < regions->count && j < before->regions->count) {
		const struct region *now = &regions->regions[i];
		const struct region *old = &before->regions->regions[j];

		if (before->shown[j] && is_same(now, old))
			marks[i] = true;
		i += now->end <= old->end;
		j += old->end <= now->end;
	}
}

/* Whether no region that is not shown is worth that one that is shown gives way. */
static bool is_settled(const uint16_t *importance, const bool *shown, size_t count)
{
	unsigned lowest_shown = IMPORTANCE_END, highest_hidden = 0;

	for (size_t i = 0; i < count; i++)
		if (shown[i])
			lowest_shown = importance[i] < lowest_shown ? importance[i] : lowest_shown;
		else
			highest_hidden =
				importance[i] > highest_hidden ? importance[i] : highest_hidden;
	return highest_hidden < lowest_shown + BONUS;
}

/* The indices of the regions, the most important first: a counting sort. */
static uint32_t *order_by_rank(const uint16_t *importance, const bool *marks, size_t count)
{
	uint32_t *order = memory_resize(NULL, count * sizeof(*order));
	uint32_t *places = memory_alloc(RANKS * sizeof(*places));
	uint32_t place = 0;

	for (size_t i = 0; i < count; i++)
		places[2 * (importance[i] + marks[i] * BONUS) + marks[i]]++;
	for (size_t rank = RANKS; rank-- > 0;) {
		uint32_t here = places[rank];

		places[rank] = place;
		place += here;
	}
	for (size_t i = 0; i < count; i++)
		order[places[2 * (importance[i] + marks[i] * BONUS) + marks[i]]++] = (uint32_t)i;
	free(places);
	return order;
}

/*
 * Choosing a region cuts the hidden run that it is in: it becomes a band itself and leaves one on
 * each side where its neighbour is hidden. The number of bands never falls.
 */
static void take_prefix(const uint32_t *order, size_t count, uint64_t budget, bool *shown)
{
	uint64_t bands = 1;

	memset(shown, 0, count * sizeof(*shown));
	for (size_t n = 0; n < count; n++) {
		size_t i = order[n];

		bands += (i > 0 && !shown[i - 1]) + (i + 1 < count && !shown[i + 1]);
		if (bands > budget)
			break;
		shown[i] = true;
	}
}

void selection_choose(const struct region_list *regions, uint64_t rows,
		      const struct selection *before, size_t pinned, bool *shown)
{
	size_t count = regions->count;
	uint16_t *importance;
	uint32_t *order;

	if (count <= rows) {
		memset(shown, 1, count * sizeof(*shown));
		return;
	}
	importance = memory_resize(NULL, count * sizeof(*importance));
	for (size_t i = 0; i < count; i++)
		importance[i] = (uint16_t)importance_of(&regions->regions[i], regions);
	if (pinned < count)
		importance[pinned] = IMPORTANCE_END - 1;
	if (before)
		mark_shown_before(regions, before, shown);
	else
		memset(shown, 0, count * sizeof(*shown));
	if (!before || before->rows != rows || !is_same_list(regions, before->regions) ||
	    !is_settled(importance, shown, count)) {
		order = order_by_rank(importance, shown, count);
		take_prefix(order, count, selection_budget(rows), shown);
		free(order);
	}
	free(importance);
}
