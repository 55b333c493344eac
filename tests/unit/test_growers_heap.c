/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/growers_heap.h"
#include "model/heap_walks.h"

static void check(const struct growers_entry *entry, uint64_t arena, enum growers_part part,
		  uint64_t size, int64_t delta)
{
	assert_int_equal(entry->arena, arena);
	assert_int_equal(entry->part, part);
	assert_int_equal(entry->size, size);
	assert_int_equal(entry->delta, delta);
	assert_false(entry->unknown);
}

static void leak_and_holes_are_told_apart(void **state)
{
	struct heap_part parts[] = {
		{.address = 0x10, .start = 0x1000, .is_main = true, .used = 100, .free = 10},
		{.address = 0x20, .start = 0x2000, .used = 50, .free = 5}};
	struct heap_walks walks = {0};
	struct growers growers = {0};

	(void)state;
	heap_walks_add(&walks, 1, parts, 2);
	/* One leaks, the other one gets holes. */
	parts[0].used = 300;
	parts[1].used = 20;
	parts[1].free = 95;
	heap_walks_add(&walks, 2, parts, 2);
	growers_add_heap(&growers, &walks, true);
	assert_int_equal(growers.heap_count, 4);
	check(&growers.heap[0], 0, GROWERS_USED, 320, 170);
	check(&growers.heap[1], 0, GROWERS_FREE, 105, 90);
	check(&growers.heap[2], 0x10, GROWERS_USED, 300, 200);
	check(&growers.heap[3], 0x20, GROWERS_FREE, 95, 90);
	assert_int_equal(growers.heap[0].start, 0x1000);
	assert_int_equal(growers.heap[2].kind, KIND_HEAP);
	assert_int_equal(growers.heap[3].start, 0x2000);
	assert_int_equal(growers.heap[3].kind, KIND_ARENA);
	growers_finish(&growers);
	heap_walks_finish(&walks);
}

static void a_new_arena_grew_by_all_of_it(void **state)
{
	struct heap_part parts[] = {{.address = 0x10, .is_main = true, .used = 100, .free = 10},
				    {.address = 0x20, .used = 50, .free = 5}};
	struct heap_walks walks = {0};
	struct growers growers = {0};

	(void)state;
	heap_walks_add(&walks, 1, parts, 1);
	heap_walks_add(&walks, 2, parts, 2);
	growers_add_heap(&growers, &walks, true);
	assert_int_equal(growers.heap_count, 4);
	check(&growers.heap[2], 0x20, GROWERS_USED, 50, 50);
	check(&growers.heap[3], 0x20, GROWERS_FREE, 5, 5);
	growers_finish(&growers);
	heap_walks_finish(&walks);
}

static void without_a_walk_nothing_is_known(void **state)
{
	const struct heap_part part = {.address = 0x10, .is_main = true, .used = 100};
	struct heap_walks walks = {0};
	struct growers growers = {0};

	(void)state;
	growers_add_heap(&growers, &walks, true);
	assert_int_equal(growers.heap_count, 0);
	heap_walks_add(&walks, 1, &part, 1);
	growers_add_heap(&growers, &walks, false);
	assert_int_equal(growers.heap_count, 2);
	assert_true(growers.heap[0].unknown);
	assert_true(growers.heap[1].unknown);
	growers_finish(&growers);
	heap_walks_finish(&walks);
}

/* Greatest growth first; of the same growth the lower address, and of that what is in use. */
static void ties_have_an_order(void **state)
{
	struct heap_part parts[] = {{.address = 0x30, .is_main = true},
				    {.address = 0x10, .free = 7},
				    {.address = 0x20}};
	struct heap_walks walks = {0};
	struct growers growers = {0};

	(void)state;
	heap_walks_add(&walks, 1, parts, 3);
	for (size_t i = 0; i < 3; i++) {
		parts[i].used += 5;
		parts[i].free += i ? 5 : 9;
	}
	heap_walks_add(&walks, 2, parts, 3);
	growers_add_heap(&growers, &walks, true);
	assert_int_equal(growers.heap_count, 2 + GROWERS_ARENAS);
	check(&growers.heap[0], 0, GROWERS_USED, 15, 15);
	check(&growers.heap[1], 0, GROWERS_FREE, 26, 19);
	check(&growers.heap[2], 0x30, GROWERS_FREE, 9, 9);
	check(&growers.heap[3], 0x10, GROWERS_USED, 5, 5);
	check(&growers.heap[4], 0x10, GROWERS_FREE, 12, 5);
	assert_int_equal(growers.heap[0].end, 0);
	assert_true(growers.heap[3].vma == UINT32_MAX);
	growers_finish(&growers);
	heap_walks_finish(&walks);
}

/* One arena is what the sums say already. */
static void a_single_arena_is_not_listed(void **state)
{
	struct heap_part part = {.address = 0x10, .start = 0x1000, .is_main = true, .used = 1};
	struct heap_walks walks = {0};
	struct growers growers = {0};

	(void)state;
	heap_walks_add(&walks, 1, &part, 1);
	part.used = 3;
	heap_walks_add(&walks, 2, &part, 1);
	growers_add_heap(&growers, &walks, true);
	assert_int_equal(growers.heap_count, 2);
	check(&growers.heap[0], 0, GROWERS_USED, 3, 2);
	assert_int_equal(growers.heap[0].start, 0x1000);
	assert_int_equal(growers.heap[0].end, 0x1001);
	assert_int_equal(growers.heap[0].kind, KIND_HEAP);
	growers_finish(&growers);
	heap_walks_finish(&walks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leak_and_holes_are_told_apart),
		cmocka_unit_test(a_new_arena_grew_by_all_of_it),
		cmocka_unit_test(without_a_walk_nothing_is_known),
		cmocka_unit_test(ties_have_an_order),
		cmocka_unit_test(a_single_arena_is_not_listed),
	};

	return cmocka_run_group_tests_name("growers_heap", tests, NULL, NULL);
}
