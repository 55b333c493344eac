/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "layout/candidates.h"
#include "layout/importance.h"

/* What was shown before keeps its place until another is four times as important. */
#define BONUS (2 * IMPORTANCE_OCTAVE)
/* Twice the importance: one step between two values puts what was shown before first. */
#define RANKS (2 * (IMPORTANCE_END + BONUS))

/* Bands that there is room for besides the landmarks, if there are rows. */
#define BESIDE 4

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

/* Whether no region that is not chosen is worth that one that is gives way. */
static bool is_settled(const struct candidates *candidates)
{
	unsigned lowest_chosen = IMPORTANCE_END, highest_left = 0;

	for (size_t i = 0; i < candidates->regions->count; i++) {
		unsigned importance = candidates->list[i].importance;

		if (candidates->list[i].before)
			lowest_chosen = importance < lowest_chosen ? importance : lowest_chosen;
		else
			highest_left = importance > highest_left ? importance : highest_left;
	}
	return highest_left < lowest_chosen + BONUS;
}

static size_t rank_of(const struct candidate *candidate)
{
	return 2 * ((size_t)candidate->importance + candidate->before * BONUS) + candidate->before;
}

/* The indices of the candidates, the most important first: a counting sort. */
static uint32_t *order_by_rank(const struct candidates *candidates)
{
	uint32_t *order = memory_resize(NULL, candidates->count * sizeof(*order));
	uint32_t *places = memory_alloc(RANKS * sizeof(*places));
	uint32_t place = 0;

	for (size_t i = 0; i < candidates->count; i++)
		places[rank_of(&candidates->list[i])]++;
	for (size_t rank = RANKS; rank-- > 0;) {
		uint32_t here = places[rank];

		places[rank] = place;
		place += here;
	}
	for (size_t i = 0; i < candidates->count; i++)
		order[places[rank_of(&candidates->list[i])]++] = (uint32_t)i;
	free(places);
	return order;
}

static uint8_t flag_of(const struct candidates *candidates, size_t index)
{
	return candidates_is_run(candidates, index) ? SELECTION_LIKE : SELECTION_REGION;
}

/* Borders are only ever added, so the number of bands never falls. */
static void take_prefix(const struct candidates *candidates, uint64_t rows, uint8_t *choice)
{
	const size_t count = candidates->regions->count;
	uint32_t *order = order_by_rank(candidates);
	uint64_t bands = 1, landmarks = 1, pinned = 0;

	memset(choice, 0, count * sizeof(*choice));
	choice[0] = SELECTION_BORDER;
	for (size_t n = 0; n < candidates->count; n++) {
		const unsigned importance = candidates->list[order[n]].importance;
		const struct candidate_span span = candidates_span(candidates, order[n]);
		bool opens = !(choice[span.first] & SELECTION_BORDER);
		bool closes = span.end < count && !(choice[span.end] & SELECTION_BORDER);
		bool is_landmark = importance >= IMPORTANCE_LANDMARK;

		bands += opens + closes;
		if (bands > (is_landmark ? rows : selection_budget_beside(rows, landmarks)))
			break;
		/* What is pinned makes no room: all is as before once it is not. */
		if (importance == IMPORTANCE_END - 1)
			pinned = opens + closes;
		else if (is_landmark)
			landmarks = bands - pinned;
		choice[span.first] |= SELECTION_BORDER;
		if (closes)
			choice[span.end] |= SELECTION_BORDER;
		choice[span.region] |= flag_of(candidates, order[n]);
	}
	free(order);
}

/* Fills in what was chosen before, of which choice is filled with the marks. */
static void join_before(struct candidates *candidates, const struct selection *before,
			uint8_t *choice)
{
	const size_t count = candidates->regions->count;

	memset(choice, 0, count * sizeof(*choice));
	mark_chosen_before(candidates->regions, before, choice);
	for (size_t i = 0; i < count; i++)
		candidates->list[i].before = (choice[i] & SELECTION_REGION) != 0;
	for (size_t i = 0; i < candidates->run_count; i++)
		candidates->list[count + i].before =
			(choice[candidates->runs[i].region] & SELECTION_LIKE) != 0;
}

void selection_choose(const struct region_list *regions, uint64_t rows,
		      const struct selection *before, const struct candidates *found, size_t pinned,
		      uint8_t *choice)
{
	struct candidates candidates;

	if (regions->count <= rows) {
		memset(choice, SELECTION_REGION | SELECTION_BORDER,
		       regions->count * sizeof(*choice));
		return;
	}
	candidates_init(&candidates, regions, found, pinned);
	if (before)
		join_before(&candidates, before, choice);
	candidates_promote_growers(&candidates);
	if (before && before->rows == rows && is_same_list(regions, before->regions) &&
	    is_settled(&candidates))
		memcpy(choice, before->choice, regions->count * sizeof(*choice));
	else
		take_prefix(&candidates, rows, choice);
	candidates_finish(&candidates);
}
