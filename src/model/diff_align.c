/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff_align.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/vma.h"

/*
 * What a pair costs, and what one that is left alone does: two that are alone are never less than a
 * pair. Sizes are near when neither is more than four times the other.
 */
enum {
	COST_ALONE = 4,
	COST_SIZE = 3,
	COST_FAR = 4, /* in addition */
	COST_PERMS = 1,
};

enum step { STEP_PAIR, STEP_A, STEP_B };

static uint64_t item_size(const struct diff_align_item *item)
{
	return item->end - item->start;
}

static unsigned pair_cost(const struct diff_align_item *a, const struct diff_align_item *b)
{
	uint64_t x = item_size(a), y = item_size(b);
	unsigned cost = vma_perms_agree(a->perms, b->perms) ? 0 : COST_PERMS;

	if (x != y)
		cost += COST_SIZE;
	if (x / 4 > y || y / 4 > x)
		cost += COST_FAR;
	return cost;
}

static bool are_equal(const struct diff_align_item *a, const struct diff_align_item *b)
{
	return item_size(a) == item_size(b) && vma_perms_agree(a->perms, b->perms);
}

void diff_align_by_place(const struct diff_align_list *a, const struct diff_align_list *b,
			 size_t *pairs)
{
	size_t at = 0;

	for (size_t i = 0; i < a->count; i++) {
		while (at < b->count && b->items[at].end <= a->items[i].start)
			at++;
		pairs[i] = at < b->count && b->items[at].start < a->items[i].end ? at++
										 : DIFF_ALIGN_NONE;
	}
}

/* A table with a row for each of a and one more, a column for each of b and one more. */
struct table {
	const struct diff_align_list *a, *b;
	uint8_t *steps; /* the last step of the cheapest way to each cell */
	unsigned *costs;
};

/* The costs are those of the row above, and become those of the row. */
static void fill_row(struct table *table, size_t row)
{
	uint8_t *steps = table->steps + row * (table->b->count + 1);
	unsigned *costs = table->costs, diagonal = costs[0];

	costs[0] += COST_ALONE;
	steps[0] = STEP_A;
	for (size_t i = 1; i <= table->b->count; i++) {
		unsigned pair =
			diagonal + pair_cost(&table->a->items[row - 1], &table->b->items[i - 1]);
		unsigned alone_a = costs[i] + COST_ALONE, alone_b = costs[i - 1] + COST_ALONE;

		diagonal = costs[i];
		steps[i] = pair <= alone_a && pair <= alone_b ? STEP_PAIR
			   : alone_a <= alone_b               ? STEP_A
							      : STEP_B;
		costs[i] = steps[i] == STEP_PAIR ? pair : steps[i] == STEP_A ? alone_a : alone_b;
	}
}

/* Back from the last cell. */
static void follow(const struct table *table, size_t offset, size_t *pairs)
{
	size_t row = table->a->count, column = table->b->count;

	while (row) {
		uint8_t step = table->steps[row * (table->b->count + 1) + column];

		if (step == STEP_B) {
			column--;
			continue;
		}
		row--;
		pairs[row] = step == STEP_A ? DIFF_ALIGN_NONE : offset + --column;
	}
}

static void compare_all(const struct diff_align_list *a, const struct diff_align_list *b,
			size_t offset, size_t *pairs)
{
	size_t columns = b->count + 1;
	struct table table = {a, b, memory_alloc((a->count + 1) * columns),
			      memory_alloc(columns * sizeof(unsigned))};

	for (size_t i = 0; i < columns; i++) {
		table.costs[i] = (unsigned)i * COST_ALONE;
		table.steps[i] = STEP_B;
	}
	for (size_t row = 1; row <= a->count; row++)
		fill_row(&table, row);
	follow(&table, offset, pairs);
	free(table.steps);
	free(table.costs);
}

void diff_align_by_order(const struct diff_align_list *a, const struct diff_align_list *b,
			 size_t *pairs)
{
	size_t first = 0, end_a = a->count, end_b = b->count;
	struct diff_align_list rest_a, rest_b;

	for (; first < end_a && first < end_b && are_equal(&a->items[first], &b->items[first]);
	     first++)
		pairs[first] = first;
	while (end_a > first && end_b > first &&
	       are_equal(&a->items[end_a - 1], &b->items[end_b - 1]))
		pairs[--end_a] = --end_b;
	rest_a = (struct diff_align_list){a->items + first, end_a - first};
	rest_b = (struct diff_align_list){b->items + first, end_b - first};
	if (rest_a.count && rest_b.count && rest_a.count <= DIFF_ALIGN_CELLS_MAX / rest_b.count) {
		compare_all(&rest_a, &rest_b, first, pairs + first);
		return;
	}
	for (size_t i = 0; i < rest_a.count; i++)
		pairs[first + i] = i < rest_b.count ? first + i : DIFF_ALIGN_NONE;
}
