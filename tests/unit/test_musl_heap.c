/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "fake_musl.h"
#include "inside/heap_memory.h"
#include "inside/heap_usage.h"
#include "inside/musl_heap.h"

#define START UINT64_C(0x10000)
#define PAGES 24
#define AREA  (START + FAKE_PAGE)
#define FIRST (START + 2 * FAKE_PAGE)
#define LARGE (START + 8 * FAKE_PAGE)
#define BLOCK (START + 18 * FAKE_PAGE)

/* Class 35 has slots of 1023 units, four pages less 16 bytes: of two slots the first one is free.
 */
static const struct fake_group large = {
	.start = LARGE, .free_now = 1, .slots = 2, .class = 35, .pages = 8};
/* Two of eight slots of 496 bytes are free; in the third one lies a group with ten of 48. */
static const struct fake_group small = {
	.start = FIRST, .free_now = 2, .free_later = 0x40, .slots = 8, .class = 15, .pages = 1};
static const struct fake_group inner = {
	.start = FIRST + 16 + 2 * 496, .free_now = 0xf0, .slots = 10, .class = 2};
static const struct fake_group block = {
	.start = BLOCK, .slots = 1, .class = FAKE_SINGLE, .pages = 3};

struct fixture {
	struct fake_memory memory;
	struct heap_range data, writable;
	struct heap_memory heap;
	struct fake_musl musl;
};

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){.data = {START, START + FAKE_PAGE},
				    .writable = {START, START + PAGES * FAKE_PAGE},
				    .musl = {START + 0x100, AREA, false}};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	fixture->heap = (struct heap_memory){.reader = &fixture->memory.reader,
					     .word = 8,
					     .data = {&fixture->data, 1},
					     .writable = {&fixture->writable, 1}};
	fake_musl_put(&fixture->memory, &fixture->musl, 8);
	fake_musl_put_group(&fixture->memory, &fixture->musl, 0, &small);
	fake_musl_put_group(&fixture->memory, &fixture->musl, 1, &inner);
	fake_musl_put_group(&fixture->memory, &fixture->musl, 2, &block);
}

static void what_is_free_is_in_slots(void **state)
{
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, false, &heap), 0);
	assert_int_equal(heap.allocator, ALLOCATOR_MUSL);
	assert_null(heap.pieces);
	assert_int_equal(heap.piece_count, 0);
	assert_int_equal(heap.count, 1);
	assert_int_equal(heap.arenas[0].address, START + 0x100);
	assert_int_equal(heap.arenas[0].start, FIRST);
	/* A page of the group, and the area. */
	assert_int_equal(heap.arenas[0].system, 2 * FAKE_PAGE);
	assert_int_equal(heap.arenas[0].free, 2 * 496 + 4 * 48);
	assert_int_equal(heap.arenas[0].used, 2 * FAKE_PAGE - 2 * 496 - 4 * 48);
	assert_int_equal(heap.arenas[0].unknown, 0);
	assert_int_equal(heap.arenas[0].top, 0);
	assert_int_equal(heap.arenas[0].free_chunks, 6);
	/* The slot with the group in it is none. */
	assert_int_equal(heap.arenas[0].used_chunks, 5 + 6);
	assert_int_equal(heap.arenas[0].largest_free, 496);
	assert_int_equal(heap.arenas[0].free_by_class[8], 2 * 496);
	assert_int_equal(heap.arenas[0].free_by_class[5], 4 * 48);
	assert_int_equal(heap.mapped, 3 * FAKE_PAGE);
	assert_int_equal(heap.mapped_chunks, 1);
	assert_null(heap.pieces);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

static void pieces_are_slots(void **state)
{
	struct fixture fixture;
	struct heap_usage heap;
	struct heap_tally tally;

	(void)state;
	begin(&fixture);
	assert_int_equal(musl_heap_read(&fixture.heap, START + 0x100, true, &heap), 0);
	for (size_t i = 1; i < heap.piece_count; i++)
		assert_true(heap.pieces[i - 1].end <= heap.pieces[i].start);
	tally = heap_usage_tally(&heap, START, START + PAGES * FAKE_PAGE);
	assert_int_equal(tally.of[HEAP_USE_USED].count, 11);
	assert_int_equal(tally.of[HEAP_USE_FREE].count, 6);
	assert_int_equal(tally.of[HEAP_USE_FREE].bytes, heap.arenas[0].free);
	assert_int_equal(tally.of[HEAP_USE_MAPPED].bytes, 3 * FAKE_PAGE);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

/* Each slot, what is musl's own between them, the area and the block, one behind the other. */
static void pieces_are_known_to_the_byte(void **state)
{
	struct heap_piece expected[32] = {{AREA, FIRST, 0, HEAP_USE_OTHER, 0},
					  {FIRST, FIRST + 16, 0, HEAP_USE_OTHER, 0}};
	uint64_t at = FIRST + 16;
	struct fixture fixture;
	struct heap_usage heap;
	size_t count = 2;

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		bool is_free = i == 1 || i == 6;

		if (i != 2) {
			expected[count++] =
				(struct heap_piece){at, at + 496, is_free ? 496 : 0,
						    is_free ? HEAP_USE_FREE : HEAP_USE_USED, 0};
			at += 496;
			continue;
		}
		expected[count++] = (struct heap_piece){at, at + 16, 0, HEAP_USE_OTHER, 0};
		at += 16;
		for (unsigned j = 0; j < 10; j++, at += 48)
			expected[count++] = (struct heap_piece){
				at, at + 48, j >= 4 && j < 8 ? 48 : 0,
				j >= 4 && j < 8 ? HEAP_USE_FREE : HEAP_USE_USED, 0};
	}
	expected[count++] = (struct heap_piece){at, FIRST + FAKE_PAGE, 0, HEAP_USE_OTHER, 0};
	expected[count++] =
		(struct heap_piece){BLOCK, BLOCK + 3 * FAKE_PAGE, 0, HEAP_USE_MAPPED, 0};
	begin(&fixture);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.piece_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(heap.pieces[i].start, expected[i].start);
		assert_int_equal(heap.pieces[i].end, expected[i].end);
		assert_int_equal(heap.pieces[i].use, expected[i].use);
		assert_int_equal(heap.pieces[i].free, expected[i].free);
		assert_int_equal(heap.pieces[i].arena, 0);
	}
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

/* What is musl's own is in a page as well as what is in use. */
static void one_slot_in_use_does_not_pin_a_page_alone(void **state)
{
	const struct fake_group few = {
		.start = FIRST, .free_now = 0x2ff, .slots = 11, .class = 2, .pages = 1};
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	fake_musl_put_group(&fixture.memory, &fixture.musl, 0, &few);
	fake_memory_put(&fixture.memory, fake_musl_meta(&fixture.memory, &fixture.musl, 1) + 16, 0);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.arenas[0].used_chunks, 2);
	assert_int_equal(heap.arenas[0].free_chunks, 9);
	assert_int_equal(heap.arenas[0].pinned, 0);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

/*
 * Slots of 400 bytes, all free but one that lies in two pages; musl's own is in the first page, and
 * in most of the last.
 */
static void a_small_part_of_a_slot_pins_its_page(void **state)
{
	const struct fake_group slots = {
		.start = FIRST, .free_now = ~(1u << 20), .slots = 32, .class = 14, .pages = 4};
	/* Torn: how much of it is in use is not known, and it pins none of its two pages. */
	const struct fake_group torn = {.start = LARGE + 64,
					.free_now = 1,
					.free_later = 1,
					.slots = 2,
					.class = 2,
					.pages = 1};
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	fake_musl_put_group(&fixture.memory, &fixture.musl, 0, &slots);
	fake_memory_put(&fixture.memory, fake_musl_meta(&fixture.memory, &fixture.musl, 1) + 16, 0);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.arenas[0].used_chunks, 1);
	assert_int_equal(heap.arenas[0].pinned, 3 * FAKE_PAGE);
	assert_int_equal(heap.arenas[0].resident_free, 0);
	heap_usage_finish(&heap);
	fixture.memory.absent[4] = true;
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.arenas[0].pinned, 2 * FAKE_PAGE);
	heap_usage_finish(&heap);
	fake_musl_put_group(&fixture.memory, &fixture.musl, 1, &torn);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.arenas[0].unknown, FAKE_PAGE);
	assert_int_equal(heap.arenas[0].used_chunks, 1);
	assert_int_equal(heap.arenas[0].pinned, 2 * FAKE_PAGE);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

static void pages_of_a_free_slot_are_free(void **state)
{
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	fake_musl_put_group(&fixture.memory, &fixture.musl, 3, &large);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	/* The first page begins with the group's own words. */
	assert_int_equal(heap.arenas[0].resident_free, 3 * FAKE_PAGE);
	assert_int_equal(heap_usage_free_between(&heap, LARGE, LARGE + 8 * FAKE_PAGE), 1023 * 16);
	heap_usage_finish(&heap);
	fixture.memory.absent[10] = true;
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), 0);
	assert_int_equal(heap.arenas[0].resident_free, 2 * FAKE_PAGE);
	assert_int_equal(heap_usage_free_between(&heap, LARGE, LARGE + 8 * FAKE_PAGE),
			 1023 * 16 - FAKE_PAGE);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

static void what_is_torn_is_unknown(void **state)
{
	struct fake_group torn = large;
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	torn.free_later = torn.free_now;
	fake_musl_put_group(&fixture.memory, &fixture.musl, 3, &torn);
	/* The list of areas leads nowhere: there is more. */
	fake_memory_put(&fixture.memory, AREA + 8, START + 23 * FAKE_PAGE);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, false, &heap), 0);
	assert_int_equal(heap.arenas[0].unknown, 8 * FAKE_PAGE + FAKE_PAGE);
	assert_int_equal(heap.arenas[0].system, (2 + 8 + 1) * FAKE_PAGE);
	assert_int_equal(heap.arenas[0].used + heap.arenas[0].free + heap.arenas[0].unknown,
			 heap.arenas[0].system);
	heap_usage_finish(&heap);
	fake_memory_finish(&fixture.memory);
}

static void without_a_context_nothing_is_known(void **state)
{
	struct fixture fixture;
	struct heap_usage heap;

	(void)state;
	begin(&fixture);
	memset(fixture.memory.bytes, 0, FAKE_PAGE);
	assert_int_equal(musl_heap_read(&fixture.heap, 0, true, &heap), -ENOENT);
	fake_memory_finish(&fixture.memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_free_is_in_slots),
		cmocka_unit_test(pieces_are_slots),
		cmocka_unit_test(pieces_are_known_to_the_byte),
		cmocka_unit_test(one_slot_in_use_does_not_pin_a_page_alone),
		cmocka_unit_test(a_small_part_of_a_slot_pins_its_page),
		cmocka_unit_test(pages_of_a_free_slot_are_free),
		cmocka_unit_test(what_is_torn_is_unknown),
		cmocka_unit_test(without_a_context_nothing_is_known),
	};

	return cmocka_run_group_tests_name("musl_heap", tests, NULL, NULL);
}
