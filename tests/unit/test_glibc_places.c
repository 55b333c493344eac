/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_places.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 64

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct heap_range range;
	uint64_t limit; /* of the brk heap; 0: its end */
	struct glibc_arena arena;
	struct glibc_places places;
};

/* The memory begins at a multiple of a heap's largest size. */
static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	memory_window_init(&fixture->window, &fixture->memory.reader, 8, 1);
	fixture->range = (struct heap_range){START, START + PAGES * FAKE_PAGE};
	fixture->arena = (struct glibc_arena){.address = START + 0x30, .end = START + 0x8d0};
}

static void end(struct fixture *fixture)
{
	glibc_places_finish(&fixture->places);
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static void put_head(struct fixture *fixture, uint64_t start, uint64_t arena, uint64_t previous,
		     uint64_t size)
{
	fake_memory_put(&fixture->memory, start, arena);
	fake_memory_put(&fixture->memory, start + 8, previous);
	fake_memory_put(&fixture->memory, start + 16, size);
	fake_memory_put(&fixture->memory, start + 24, size);
}

static void find(struct fixture *fixture, uint64_t heap_start, uint64_t heap_end)
{
	const struct heap_memory memory = {.writable = {&fixture->range, 1},
					   .heap = {heap_start, heap_end},
					   .heap_limit =
						   fixture->limit ? fixture->limit : heap_end};

	memory_window_forget(&fixture->window);
	glibc_places_find(&fixture->places, &fixture->window, &memory, &fixture->arena);
}

static void the_main_arena_has_the_brk_heap(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.arena.is_main = true;
	fixture.arena.top = START + 0x2000;
	find(&fixture, START, START + 0x3000);
	assert_int_equal(fixture.places.count, 1);
	assert_true(fixture.places.places[0].shared);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x3000);
	end(&fixture);
}

static void the_break_may_have_moved_since(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.arena.is_main = true;
	fixture.limit = START + 0x7000;
	fixture.arena.top = START + 0x4000;
	fake_memory_put(&fixture.memory, START + 0x4008, 0x2001);
	find(&fixture, START, START + 0x3000);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x6000);
	glibc_places_finish(&fixture.places);
	/* What nothing can be is not believed. */
	fake_memory_put(&fixture.memory, START + 0x4008, UINT64_MAX);
	find(&fixture, START, START + 0x3000);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x3000);
	glibc_places_finish(&fixture.places);
	/* Other memory than that behind the break is none of it. */
	fixture.limit = START + 0x4000;
	fake_memory_put(&fixture.memory, START + 0x4008, 0x2001);
	find(&fixture, START, START + 0x3000);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x3000);
	end(&fixture);
}

static void a_heap_begins_with_its_arena(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_head(&fixture, START, START + 0x30, 0, 0x21000);
	fixture.arena.top = START + 0x9000;
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 1);
	assert_int_equal(fixture.places.places[0].range.start, START);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x21000);
	assert_int_equal(fixture.places.places[0].first, START + 0x8d0);
	assert_false(fixture.places.places[0].shared);
	end(&fixture);
}

static void heaps_are_a_chain(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_head(&fixture, START, START + 0x30, 0, 0x10000);
	/* The unit is smaller than any of glibc's by default, but a power of two. */
	put_head(&fixture, START + 0x10000, START + 0x30, START, 0x8000);
	fixture.arena.top = START + 0x13000;
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 2);
	assert_int_equal(fixture.places.places[0].range.start, START + 0x10000);
	assert_int_equal(fixture.places.places[0].first, START + 0x10020);
	assert_int_equal(fixture.places.places[1].range.start, START);
	end(&fixture);
}

static void a_chain_that_comes_back_ends(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_head(&fixture, START, START + 0x30, START + 0x10000, 0x10000);
	put_head(&fixture, START + 0x10000, START + 0x30, START, 0x8000);
	fixture.arena.top = START + 0x13000;
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 2);
	glibc_places_finish(&fixture.places);
	/* One that is larger than the memory, and one of another arena. */
	put_head(&fixture, START + 0x10000, START + 0x30, START, UINT64_MAX);
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 0);
	put_head(&fixture, START + 0x10000, START + 0x40, START, 0x8000);
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 0);
	end(&fixture);
}

/* From START + 0x10000 on: the break was 0x3000 above that, and may be 0x7000 above. */
static void the_break_is_where_top_ends(void **state)
{
	static const struct {
		uint64_t top, size, end;
	} cases[] = {
		{0, 0x4000, 0x4000},
		{0, 0x3000, 0x3000},
		{0x1000, 0x800, 0x3000},
		{0x2000, 0x1001, 0x3000},
		{0x2000, 0x1017, 0x3010},
		{0x4000, 0x3007, 0x7000},
		{0x4000, 0x3010, 0x3000},
		{0x6ff0, 0x10, 0x7000},
		{0x7000, 0, 0x3000},
		{0x7000, 0x10, 0x3000},
		{-(uint64_t)8, 0x5000, 0x3000},
		{0x4000, (uint64_t)-0x10, 0x3000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		begin(&fixture);
		fixture.arena.is_main = true;
		fixture.limit = START + 0x17000;
		fixture.arena.top = START + 0x10000 + cases[i].top;
		fake_memory_put(&fixture.memory, fixture.arena.top + 8, cases[i].size);
		find(&fixture, START + 0x10000, START + 0x13000);
		assert_int_equal(fixture.places.count, 1);
		assert_int_equal(fixture.places.places[0].range.start, START + 0x10000);
		assert_int_equal(fixture.places.places[0].range.end,
				 START + 0x10000 + cases[i].end);
		assert_int_equal(fixture.places.places[0].first, START + 0x10000);
		assert_true(fixture.places.places[0].shared);
		end(&fixture);
	}
}

static void without_a_break_there_is_no_heap(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.arena.is_main = true;
	fixture.arena.top = START + 0x1000;
	find(&fixture, START, START);
	assert_int_equal(fixture.places.count, 0);
	/* Nor has the main one any of the others' kind. */
	put_head(&fixture, START, START + 0x30, 0, 0x21000);
	find(&fixture, START, START);
	assert_int_equal(fixture.places.count, 0);
	/* Where top cannot be read, the break is the one that is known. */
	fixture.memory.absent[1] = true;
	find(&fixture, START, START + 0x800);
	assert_int_equal(fixture.places.places[0].range.end, START + 0x800);
	end(&fixture);
}

/* One heap at START, the writable memory from there on: where its first chunk is to be sought. */
static void heads_are_known_to_the_byte(void **state)
{
	const uint64_t large = UINT64_C(1) << 36;
	const uint64_t none = UINT64_MAX;
	const struct {
		uint64_t arena, top, size, first; /* from START; none: there is no heap */
	} cases[] = {
		{0x30, 0x21000 - 1, 0x21000, 0x8d0},
		{0x30, 0x21000, 0x21000, none},
		{0x30, 0, 33, 0x20},
		{0x30, 32, 33, 0x20},
		{0x20, 31, 33, 0x8d0},
		{0x30, 31, 32, none},
		{0x20000, 0x1000, 0x20001, 0x8d0},
		{0x20000, 0x1000, 0x20000, 0x20},
		{0, 0x1000, 0x20000, 0x20},
		{1, 0x1000, 0x20000, 0x8d0},
		{0x30, 0xffff, 0x20000, 0x8d0},
		{0x30, 0x10000, 0x20000, 0x8d0},
		{0x30, large - 1, large, 0x8d0},
		{0x30, large, 2 * large, none},
		{0x30, 0x1000, 2 * large, 0x8d0},
		{0x30, 0x1000, 2 * large + 1, none},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;
		bool found = cases[i].first != none;

		begin(&fixture);
		fixture.range.end = START + 2 * large;
		fixture.arena.address = START + cases[i].arena;
		fixture.arena.top = START + cases[i].top;
		put_head(&fixture, START, fixture.arena.address, 0, cases[i].size);
		find(&fixture, 0, 0);
		assert_int_equal(fixture.places.count, found);
		if (found) {
			assert_int_equal(fixture.places.places[0].range.start, START);
			assert_int_equal(fixture.places.places[0].range.end, START + cases[i].size);
			assert_int_equal(fixture.places.places[0].first, START + cases[i].first);
			assert_false(fixture.places.places[0].shared);
		}
		end(&fixture);
	}
}

/* At multiples of 64 KiB at least: a smaller one is not sought, but a chain may lead there. */
static void heaps_have_a_least_size(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	put_head(&fixture, START + 0x8000, START + 0x30, 0, 0x8000);
	fixture.arena.top = START + 0x9000;
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 0);
	put_head(&fixture, START + 0x10000, START + 0x30, START + 0x8000, 0x8000);
	fixture.arena.top = START + 0x11000;
	find(&fixture, 0, 0);
	assert_int_equal(fixture.places.count, 2);
	assert_int_equal(fixture.places.places[1].range.start, START + 0x8000);
	end(&fixture);
}

/* Side by side, on either side; with a byte in common the second one is none. */
static void heaps_do_not_overlap(void **state)
{
	static const struct {
		uint64_t newest, size, older, older_size;
		size_t count;
	} cases[] = {
		{0x10000, 0x8000, 0x8000, 0x8000, 2},  {0x10000, 0x8000, 0x8000, 0x8001, 1},
		{0x10000, 0x8000, 0x18000, 0x1000, 2}, {0x10000, 0x8001, 0x18000, 0x1000, 1},
		{0x10000, 0x8000, 0x11000, 0x1000, 1}, {0x10000, 0x8000, 0x8000, 0x18000, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		begin(&fixture);
		put_head(&fixture, START + cases[i].older, START + 0x30, 0, cases[i].older_size);
		put_head(&fixture, START + cases[i].newest, START + 0x30, START + cases[i].older,
			 cases[i].size);
		fixture.arena.top = START + cases[i].newest + 0x100;
		find(&fixture, 0, 0);
		assert_int_equal(fixture.places.count, cases[i].count);
		end(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_main_arena_has_the_brk_heap),
		cmocka_unit_test(the_break_may_have_moved_since),
		cmocka_unit_test(a_heap_begins_with_its_arena),
		cmocka_unit_test(heaps_are_a_chain),
		cmocka_unit_test(a_chain_that_comes_back_ends),
		cmocka_unit_test(the_break_is_where_top_ends),
		cmocka_unit_test(without_a_break_there_is_no_heap),
		cmocka_unit_test(heads_are_known_to_the_byte),
		cmocka_unit_test(heaps_have_a_least_size),
		cmocka_unit_test(heaps_do_not_overlap),
	};

	return cmocka_run_group_tests_name("glibc_places", tests, NULL, NULL);
}
