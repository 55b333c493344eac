/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/calm.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/order.h"
#include "layout/quota.h"

#define TOLERANCE (QUOTA_ROW + QUOTA_ROW / 4)
/* Beyond this many single moves the picture changes anyway. */
#define MOST_MOVES 32

/* Walking a group by size: the best rows of those passed, and of those as large as the current. */
struct front {
	uint64_t size;
	uint64_t passed, level;
};

struct calm {
	const struct share_item *items;
	size_t count;
	uint64_t *rows;
	int64_t *excess; /* rows beyond the quota, in units of 1 / QUOTA_ROW */
};

static bool is_changed(const struct share_item *item)
{
	return item->group != SHARE_FREE && item->size != item->before_size;
}

static struct order_item *order_by_size(const struct share_item *items, size_t count)
{
	struct order_item *order = memory_resize(NULL, count * sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = (struct order_item){.key = items[i].size, .index = (uint32_t)i};
	order_sort(order, count);
	return order;
}

/* The fewest rows of any larger unchanged item of the same group, for every item. */
static void find_ceilings(const struct share_item *items, size_t count,
			  const struct order_item *order, uint64_t *ceilings)
{
	struct front fronts[SHARE_GROUPS];

	for (size_t group = 0; group < SHARE_GROUPS; group++)
		fronts[group] = (struct front){UINT64_MAX, UINT64_MAX, UINT64_MAX};
	for (size_t n = count; n-- > 0;) {
		const struct share_item *item = &items[order[n].index];
		struct front *front = &fronts[item->group % SHARE_GROUPS];

		if (item->group == SHARE_FREE)
			continue;
		if (item->size < front->size) {
			front->size = item->size;
			front->passed = front->level;
		}
		ceilings[order[n].index] = front->passed;
		if (!is_changed(item) && item->before_rows < front->level)
			front->level = item->before_rows;
	}
}

/*
 * Gives every item whose size changed the nearest number of rows that keeps the order within its
 * group. The unchanged are in order among themselves, so there always is one: at least the most
 * of any smaller item, at most the fewest of any larger one. When one item grows by a page from
 * rows shared afresh, it passes only its equals and so gains one row at the most.
 */
static void settle_changed(const struct share_item *items, size_t count, uint64_t *rows)
{
	struct order_item *order = order_by_size(items, count);
	uint64_t *ceilings = memory_resize(NULL, count * sizeof(*ceilings));
	struct front fronts[SHARE_GROUPS] = {{0}};

	find_ceilings(items, count, order, ceilings);
	for (size_t n = 0; n < count; n++) {
		uint32_t i = order[n].index;
		struct front *front = &fronts[items[i].group % SHARE_GROUPS];

		if (items[i].group == SHARE_FREE)
			continue;
		if (items[i].size > front->size) {
			front->size = items[i].size;
			front->passed = front->level;
		}
		if (is_changed(&items[i])) {
			if (rows[i] < front->passed)
				rows[i] = front->passed;
			if (rows[i] > ceilings[i])
				rows[i] = ceilings[i];
		}
		if (rows[i] > front->level)
			front->level = rows[i];
	}
	free(ceilings);
	free(order);
}

static bool any_changed(const struct share_item *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_changed(&items[i]))
			return true;
	return false;
}

/*
 * The item that most exceeds its quota gives, the one that most lacks takes. Among equals the
 * smaller gives and the larger takes; as the smaller has the smaller quota, it exceeds by as much
 * or more whenever it has as many rows, so a move never breaks the order within a group. Nobody
 * gives its only row: a quota is one row at least.
 */
static size_t find_giver(const struct calm *calm)
{
	size_t giver = 0;

	for (size_t i = 1; i < calm->count; i++)
		if (calm->excess[i] > calm->excess[giver] ||
		    (calm->excess[i] == calm->excess[giver] &&
		     calm->items[i].size < calm->items[giver].size))
			giver = i;
	return giver;
}

static size_t find_taker(const struct calm *calm)
{
	size_t taker = 0;

	for (size_t i = 1; i < calm->count; i++)
		if (calm->excess[i] < calm->excess[taker] ||
		    (calm->excess[i] == calm->excess[taker] &&
		     calm->items[i].size > calm->items[taker].size))
			taker = i;
	return taker;
}

static void give(struct calm *calm, size_t giver)
{
	calm->rows[giver]--;
	calm->excess[giver] -= QUOTA_ROW;
}

static void take(struct calm *calm, size_t taker)
{
	calm->rows[taker]++;
	calm->excess[taker] += QUOTA_ROW;
}

/* Fills the excess and returns how many rows must move until all are within the tolerance. */
static uint64_t measure(struct calm *calm, uint64_t rows)
{
	struct quota quota = quota_of(calm->items, calm->count, rows);
	uint64_t over = 0, under = 0;

	for (size_t i = 0; i < calm->count; i++) {
		int64_t excess =
			(int64_t)calm->rows[i] * QUOTA_ROW - quota_exact(&quota, &calm->items[i]);

		if (excess > TOLERANCE)
			over += (uint64_t)((excess - TOLERANCE + QUOTA_ROW - 1) / QUOTA_ROW);
		if (excess < -TOLERANCE)
			under += (uint64_t)((-excess - TOLERANCE + QUOTA_ROW - 1) / QUOTA_ROW);
		calm->excess[i] = excess;
	}
	return over > under ? over : under;
}

/* Moves single rows while one is out of tolerance and a move makes the worst two better. */
static void approach_quotas(struct calm *calm, uint64_t max_moves)
{
	for (uint64_t moves = 0; moves < max_moves; moves++) {
		size_t giver = find_giver(calm), taker = find_taker(calm);
		int64_t most = calm->excess[giver], least = calm->excess[taker];

		if ((most <= TOLERANCE && least >= -TOLERANCE) || most - least <= QUOTA_ROW)
			return;
		give(calm, giver);
		take(calm, taker);
	}
}

static uint64_t sum(const uint64_t *numbers, size_t count)
{
	uint64_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += numbers[i];
	return total;
}

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

/* The rows that settling has moved already: those gained or those lost, whichever are more. */
static uint64_t count_moved(const struct calm *calm)
{
	uint64_t gained = 0, lost = 0;

	for (size_t i = 0; i < calm->count; i++) {
		uint64_t before = calm->items[i].before_rows;

		if (calm->rows[i] > before)
			gained += calm->rows[i] - before;
		else
			lost += before - calm->rows[i];
	}
	return gained > lost ? gained : lost;
}

bool calm_rows(const struct share_item *items, size_t count, uint64_t rows, uint64_t max_moves,
	       uint64_t *ret_rows)
{
	struct calm calm = {.items = items, .count = count, .rows = ret_rows};
	uint64_t needed, moved;
	bool has_changed = any_changed(items, count), is_calm;

	for (size_t i = 0; i < count; i++)
		ret_rows[i] = items[i].before_rows;
	if (max_moves == 0 && !has_changed)
		return true;
	if (has_changed)
		settle_changed(items, count, ret_rows);
	calm.excess = memory_resize(NULL, count * sizeof(*calm.excess));
	moved = count_moved(&calm);
	needed = measure(&calm, rows);
	is_calm = distance(sum(ret_rows, count), rows) <= MOST_MOVES &&
		  (needed <= MOST_MOVES || max_moves <= MOST_MOVES);
	if (is_calm) {
		while (sum(ret_rows, count) > rows)
			give(&calm, find_giver(&calm));
		while (sum(ret_rows, count) < rows)
			take(&calm, find_taker(&calm));
		if (moved < max_moves)
			approach_quotas(&calm, max_moves - moved);
	}
	free(calm.excess);
	return is_calm;
}
