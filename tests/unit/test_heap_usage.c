/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "inside/heap_usage.h"

static void what_is_certain_is_a_share_of_all_arenas(void **state)
{
	struct heap_usage heap = {.arenas = memory_alloc(2 * sizeof(struct heap_arena)),
				  .count = 2};

	(void)state;
	/* Of nothing, nothing is unknown. */
	assert_true(heap_usage_certain(&heap) == 1);
	heap.arenas[0].system = 300;
	heap.arenas[0].unknown = 100;
	heap.arenas[1].system = 100;
	assert_true(heap_usage_certain(&heap) == 0.75);
	assert_int_equal(heap_usage_sum(&heap).system, 400);
	assert_int_equal(heap_usage_sum(&heap).unknown, 100);
	heap_usage_finish(&heap);
	assert_int_equal(heap.count, 0);
}

static void arenas_are_summed(void **state)
{
	struct heap_arena arenas[] = {
		{1, 2, true, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, {[0] = 5, [7] = 6}},
		{3, 4, true, 1, 2, 3, 4, 5, 6, 7, 81, 9, 10, 11, 12, {[0] = 1, [8] = 2}},
		{5, 6, true, 3, 3, 3, 3, 3, 3, 3, 79, 3, 3, 3, 3, {[8] = 1}},
	};
	const struct heap_usage heap = {.arenas = arenas, .count = 3};
	const struct heap_arena sum = heap_usage_sum(&heap);
	const struct heap_arena expected = {
		0,  0,  false, 14,  25,  36,  47,  58,
		69, 80, 81,    102, 113, 124, 135, {[0] = 6, [7] = 6, [8] = 3}};

	(void)state;
	assert_false(sum.is_main || sum.address || sum.start);
	assert_memory_equal(&sum.system, &expected.system,
			    sizeof(sum) - offsetof(struct heap_arena, system));
}

static void names_are_stable(void **state)
{
	(void)state;
	for (unsigned i = 0; i < HEAP_USE_COUNT; i++)
		assert_non_null(heap_use_name((enum heap_use)i));
	assert_string_equal(heap_use_name(HEAP_USE_FREE), "free");
}

static void put(struct heap_usage *heap, uint64_t start, uint64_t end, uint64_t bytes_free)
{
	heap->pieces[heap->piece_count++] = (struct heap_piece){
		.start = start,
		.end = end,
		.free = bytes_free,
		.use = bytes_free ? HEAP_USE_FREE : HEAP_USE_USED,
	};
}

static void what_is_free_is_summed_between_addresses(void **state)
{
	struct heap_usage heap = {.pieces = memory_alloc(4 * sizeof(struct heap_piece))};

	(void)state;
	put(&heap, 0x3000, 0x5000, 0x1000);
	put(&heap, 0x1000, 0x2000, 0x1000);
	put(&heap, 0x2000, 0x3000, 0);
	/* It overlaps one before. */
	put(&heap, 0x4000, 0x6000, 0x2000);
	heap_usage_settle(&heap);
	assert_int_equal(heap.piece_count, 3);
	assert_int_equal(heap_usage_free_between(&heap, 0, UINT64_MAX), 0x2000);
	assert_int_equal(heap_usage_free_between(&heap, 0x1800, 0x2800), 0x800);
	assert_int_equal(heap_usage_free_between(&heap, 0x2000, 0x3000), 0);
	/* Half of it is in memory. */
	assert_int_equal(heap_usage_free_between(&heap, 0x3000, 0x4000), 0x800);
	assert_int_equal(heap_usage_free_between(&heap, 0x5000, 0x3000), 0);
	assert_true(heap_usage_covers(&heap, 0x4fff, 0x9000));
	assert_false(heap_usage_covers(&heap, 0x5000, 0x9000));
	assert_false(heap_usage_covers(&heap, 0, 0x1000));
	heap_usage_finish(&heap);
}

static void without_pieces_nothing_is_known_to_be_free(void **state)
{
	const struct heap_usage heap = {0};

	(void)state;
	assert_int_equal(heap_usage_free_between(&heap, 0, UINT64_MAX), 0);
	assert_false(heap_usage_covers(&heap, 0, UINT64_MAX));
}

static void a_piece_is_found_by_address(void **state)
{
	struct heap_usage heap = {.pieces = memory_alloc(4 * sizeof(struct heap_piece))};

	(void)state;
	put(&heap, 0x1000, 0x2000, 0);
	put(&heap, 0x3000, 0x5000, 0x1000);
	heap_usage_settle(&heap);
	assert_int_equal(heap_usage_find(&heap, 0x1fff), 0);
	assert_int_equal(heap_usage_find(&heap, 0x2000), 1);
	assert_int_equal(heap_usage_find(&heap, 0x4000), 1);
	assert_int_equal(heap_usage_find(&heap, 0x5000), 2);
	assert_int_equal(heap_usage_find(&(struct heap_usage){0}, 0x5000), 0);
	heap_usage_finish(&heap);
}

static void what_lies_between_is_counted_by_use(void **state)
{
	struct heap_usage heap = {.pieces = memory_alloc(4 * sizeof(struct heap_piece))};
	struct heap_tally tally;

	(void)state;
	put(&heap, 0x1000, 0x2000, 0);
	put(&heap, 0x2000, 0x3000, 0);
	put(&heap, 0x3000, 0x5000, 0x1000);
	put(&heap, 0x5000, 0x5030, 0);
	heap_usage_settle(&heap);
	tally = heap_usage_tally(&heap, 0x1000, 0x4000);
	assert_int_equal(tally.of[HEAP_USE_USED].count, 2);
	assert_int_equal(tally.of[HEAP_USE_USED].bytes, 0x2000);
	assert_int_equal(tally.of[HEAP_USE_USED].size, 0x1000);
	/* Cut, it counts as one; its size is that of all of it. */
	assert_int_equal(tally.of[HEAP_USE_FREE].count, 1);
	assert_int_equal(tally.of[HEAP_USE_FREE].bytes, 0x1000);
	assert_int_equal(tally.of[HEAP_USE_FREE].size, 0x2000);
	tally = heap_usage_tally(&heap, 0, UINT64_MAX);
	assert_int_equal(tally.of[HEAP_USE_USED].count, 3);
	assert_int_equal(tally.of[HEAP_USE_USED].size, 0);
	tally = heap_usage_tally(&heap, 0x6000, UINT64_MAX);
	assert_int_equal(tally.of[HEAP_USE_USED].count, 0);
	heap_usage_finish(&heap);
}

static void classes_of_all_arenas_add_up(void **state)
{
	struct heap_usage heap = {.arenas = memory_alloc(2 * sizeof(struct heap_arena)),
				  .count = 2};

	(void)state;
	heap.arenas[0].free_by_class[5] = 96;
	heap.arenas[1].free_by_class[5] = 32;
	heap.arenas[1].free_by_class[HEAP_CLASSES - 1] = 7;
	assert_int_equal(heap_usage_sum(&heap).free_by_class[5], 128);
	assert_int_equal(heap_usage_sum(&heap).free_by_class[HEAP_CLASSES - 1], 7);
	heap_usage_finish(&heap);
}

static void what_a_program_keeps_begins_behind_what_malloc_does(void **state)
{
	const struct heap_piece used = {.start = 0x1000, .end = 0x1030, .use = HEAP_USE_USED};
	const struct heap_piece mapped = {.start = 0x1000, .end = 0x9000, .use = HEAP_USE_MAPPED};
	const struct heap_usage glibc = {.allocator = ALLOCATOR_GLIBC};
	const struct heap_usage musl = {.allocator = ALLOCATOR_MUSL};

	(void)state;
	assert_int_equal(heap_usage_data(&glibc, &used, 8), 0x1010);
	assert_int_equal(heap_usage_data(&glibc, &mapped, 8), 0x1010);
	assert_int_equal(heap_usage_data(&glibc, &used, 4), 0x1008);
	assert_int_equal(heap_usage_data(&musl, &used, 8), 0x1000);
	assert_int_equal(heap_usage_data(&musl, &mapped, 4), 0x1010);
}

static void what_is_free_is_counted_by_size(void **state)
{
	struct heap_arena arena = {0};

	(void)state;
	heap_arena_count_free(&arena, 32);
	heap_arena_count_free(&arena, 63);
	heap_arena_count_free(&arena, 64);
	heap_arena_count_free(&arena, 48);
	assert_int_equal(arena.free, 32 + 63 + 64 + 48);
	assert_int_equal(arena.free_chunks, 4);
	assert_int_equal(arena.largest_free, 64);
	assert_int_equal(arena.free_by_class[4], 0);
	assert_int_equal(arena.free_by_class[5], 32 + 63 + 48);
	assert_int_equal(arena.free_by_class[6], 64);
	/* The last class has all that is larger. */
	heap_arena_count_free(&arena, UINT64_C(1) << 60);
	assert_int_equal(arena.free_by_class[HEAP_CLASSES - 1], UINT64_C(1) << 60);
	assert_int_equal(arena.largest_free, UINT64_C(1) << 60);
	arena = (struct heap_arena){0};
	heap_arena_count_free(&arena, UINT64_C(1) << (HEAP_CLASSES - 1));
	heap_arena_count_free(&arena, UINT64_C(1) << HEAP_CLASSES);
	assert_int_equal(arena.free_by_class[HEAP_CLASSES - 1],
			 (UINT64_C(1) << (HEAP_CLASSES - 1)) + (UINT64_C(1) << HEAP_CLASSES));
}

static void pieces_are_sorted_by_where_they_begin(void **state)
{
	struct heap_piece pieces[] = {{.start = 30}, {.start = 10}, {.start = 40}, {.start = 20}};

	(void)state;
	heap_pieces_sort(pieces, 0);
	assert_int_equal(pieces[0].start, 30);
	heap_pieces_sort(pieces, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pieces[i].start, 10 * (i + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_certain_is_a_share_of_all_arenas),
		cmocka_unit_test(what_is_free_is_summed_between_addresses),
		cmocka_unit_test(a_piece_is_found_by_address),
		cmocka_unit_test(what_lies_between_is_counted_by_use),
		cmocka_unit_test(what_a_program_keeps_begins_behind_what_malloc_does),
		cmocka_unit_test(classes_of_all_arenas_add_up),
		cmocka_unit_test(without_pieces_nothing_is_known_to_be_free),
		cmocka_unit_test(arenas_are_summed),
		cmocka_unit_test(names_are_stable),
		cmocka_unit_test(what_is_free_is_counted_by_size),
		cmocka_unit_test(pieces_are_sorted_by_where_they_begin),
	};

	return cmocka_run_group_tests_name("heap_usage", tests, NULL, NULL);
}
