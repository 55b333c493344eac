/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/diff.h"

struct making {
	const struct diff *diff;
	struct diff_rows *rows;
	size_t object; /* of the last row */
};

#define ONE_SIDED (1U << DIFF_APPEARED | 1U << DIFF_VANISHED)

/* Whether the item goes on with the run of the last row. */
static bool continues(const struct making *making, const struct diff_item *item)
{
	const struct diff_row *last;

	if (!making->rows->count)
		return false;
	last = &making->rows->rows[making->rows->count - 1];
	if (last->differences != item->differences)
		return false;
	if (item->differences & ONE_SIDED)
		return making->object == item->object;
	/* The run of a must be unbroken for its first mapping and its length to say what it has; b
	 * is gone through in its order. */
	return !item->differences && last->firsts[DIFF_A] + last->count == item->vmas[DIFF_A];
}

static void add_sum(struct making *making, struct diff_row *row, const struct diff_item *item)
{
	for (int side = 0; side < DIFF_SIDES; side++)
		if (item->vmas[side] != DIFF_NONE)
			diff_sum_add(&row->sum, (enum diff_side)side, &making->diff->subjects[side],
				     item->vmas[side]);
}

static void add(struct making *making, size_t a, size_t b)
{
	const struct diff_item item = diff_item(making->diff, a, b);
	struct diff_row *row;

	if (continues(making, &item)) {
		row = &making->rows->rows[making->rows->count - 1];
		add_sum(making, row, &item);
		row->count++;
		return;
	}
	row = &making->rows->rows[making->rows->count++];
	*row = (struct diff_row){
		.firsts = {a, b}, .count = 1, .differences = item.differences, .sum = item.sum};
	making->object = item.object;
}

/* Those that only a has, from the index on. */
static void add_vanished(struct making *making, size_t from)
{
	const struct diff *diff = making->diff;

	for (size_t i = from; i < diff->subjects[DIFF_A].space->vma_count &&
			      diff->pairs.others[DIFF_A][i] == DIFF_NONE;
	     i++)
		add(making, i, DIFF_NONE);
}

static uint64_t start_of(const struct diff *diff, enum diff_side side, size_t vma)
{
	return diff->subjects[side].space->vmas[vma].start;
}

static bool contains(const struct diff_row *row, const struct diff *diff,
		     const struct diff_place *place)
{
	size_t first = row->firsts[place->side];

	return first != DIFF_NONE && start_of(diff, place->side, first) <= place->start &&
	       place->start <= start_of(diff, place->side, first + row->count - 1);
}

static void unfold(struct making *making, const struct diff_place *unfolded)
{
	const struct diff *diff = making->diff;
	struct diff_row *rows = making->rows->rows;
	size_t at = 0, count;
	struct diff_row run;

	while (at < making->rows->count && !contains(&rows[at], diff, unfolded))
		at++;
	if (at == making->rows->count || rows[at].count == 1)
		return;
	run = rows[at];
	count = run.count;
	memmove(&rows[at + count], &rows[at + 1], (making->rows->count - at - 1) * sizeof(*rows));
	making->rows->count += count - 1;
	for (size_t i = 0; i < count; i++) {
		size_t a = run.firsts[DIFF_A], b = run.firsts[DIFF_B];
		const struct diff_item item =
			diff_item(diff, a == DIFF_NONE ? a : a + i, b == DIFF_NONE ? b : b + i);

		rows[at + i] = (struct diff_row){.firsts = {item.vmas[DIFF_A], item.vmas[DIFF_B]},
						 .count = 1,
						 .differences = item.differences,
						 .sum = item.sum,
						 .member = true};
	}
}

void diff_rows_init(struct diff_rows *rows, const struct diff *diff,
		    const struct diff_place *unfolded)
{
	const size_t a_count = diff->subjects[DIFF_A].space->vma_count;
	const size_t b_count = diff->subjects[DIFF_B].space->vma_count;
	struct making making = {.diff = diff, .rows = rows};

	*rows = (struct diff_rows){.rows = memory_alloc((a_count + b_count) * sizeof(*rows->rows))};
	add_vanished(&making, 0);
	for (size_t i = 0; i < b_count; i++) {
		size_t other = diff->pairs.others[DIFF_B][i];

		add(&making, other, i);
		if (other != DIFF_NONE)
			add_vanished(&making, other + 1);
	}
	if (unfolded)
		unfold(&making, unfolded);
}

void diff_rows_finish(struct diff_rows *rows)
{
	free(rows->rows);
	*rows = (struct diff_rows){0};
}

size_t diff_rows_find(const struct diff_rows *rows, const struct diff *diff,
		      const struct diff_place *place)
{
	size_t found = 0;
	uint64_t nearest = 0;

	for (size_t i = 0; i < rows->count; i++) {
		size_t first = rows->rows[i].firsts[place->side];
		uint64_t start;

		if (first == DIFF_NONE)
			continue;
		start = start_of(diff, place->side, first);
		if (start <= place->start && start >= nearest) {
			found = i;
			nearest = start;
		}
	}
	return found;
}

struct diff_place diff_row_place(const struct diff_row *row, const struct diff *diff)
{
	enum diff_side side = row->firsts[DIFF_B] == DIFF_NONE ? DIFF_A : DIFF_B;

	return (struct diff_place){side, start_of(diff, side, row->firsts[side])};
}
