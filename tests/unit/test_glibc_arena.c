/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "fake_glibc.h"
#include "inside/heap_memory.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 64
#define MAIN  (START + 0xc60)
#define FIRST (START + 0x8030)
#define OTHER (START + 0x10030)
#define TOP   (START + 0x20000)

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct heap_range data, writable;
	struct glibc_arena *arenas;
	size_t count;
};

static void begin(struct fixture *fixture, unsigned word)
{
	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, word);
	memory_window_init(&fixture->window, &fixture->memory.reader, word, 4);
	fixture->data = (struct heap_range){START, START + 2 * FAKE_PAGE};
	fixture->writable = (struct heap_range){START, START + PAGES * FAKE_PAGE};
}

static void end(struct fixture *fixture)
{
	free(fixture->arenas);
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static int find(struct fixture *fixture)
{
	const struct heap_ranges data = {&fixture->data, 1}, writable = {&fixture->writable, 1};

	memory_window_forget(&fixture->window);
	return glibc_arenas_find(&fixture->window, &data, &writable, &fixture->arenas,
				 &fixture->count);
}

static void put(struct fixture *fixture, uint64_t address, uint64_t next, uint64_t system,
		unsigned head_words)
{
	fake_arena_put(&fixture->memory,
		       &(struct fake_arena){address, next, TOP, system, head_words});
}

static void one_arena_is_its_own_ring(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, MAIN, MAIN, 0x21000, FAKE_HEAD_WORDS);
	assert_int_equal(find(&fixture), 0);
	assert_int_equal(fixture.count, 1);
	assert_int_equal(fixture.arenas[0].address, MAIN);
	assert_int_equal(fixture.arenas[0].top, TOP);
	assert_int_equal(fixture.arenas[0].system, 0x21000);
	assert_true(fixture.arenas[0].is_main);
	assert_true(fixture.arenas[0].has_fast_bins);
	end(&fixture);
}

/* What ends the bins, and shows that they are some, has to be in the data, too. */
static void bins_lie_in_the_data_with_what_follows(void **state)
{
	const uint64_t behind_bins = MAIN + (FAKE_HEAD_WORDS + 2 * GLIBC_BINS) * 8;
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, MAIN, MAIN, 0x21000, FAKE_HEAD_WORDS);
	fixture.data.end = behind_bins;
	assert_int_equal(find(&fixture), -ENOENT);
	fixture.data.end = behind_bins + 15;
	assert_int_equal(find(&fixture), -ENOENT);
	fixture.data.end = behind_bins + 16;
	assert_int_equal(find(&fixture), 0);
	assert_int_equal(fixture.arenas[0].address, MAIN);
	end(&fixture);
}

static void several_are_found_along_their_ring(void **state)
{
	static const unsigned heads[] = {FAKE_HEAD_WORDS, FAKE_HEAD_WORDS - 1,
					 FAKE_SHORT_HEAD_WORDS, FAKE_SHORT_HEAD_WORDS - 1};

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct fixture fixture;

		begin(&fixture, 8);
		put(&fixture, MAIN, FIRST, 1, heads[i]);
		put(&fixture, FIRST, OTHER, 2, heads[i]);
		put(&fixture, OTHER, MAIN, 3, heads[i]);
		assert_int_equal(find(&fixture), 0);
		assert_int_equal(fixture.count, 3);
		assert_int_equal(fixture.arenas[0].address, MAIN);
		assert_int_equal(fixture.arenas[1].address, FIRST);
		assert_int_equal(fixture.arenas[2].address, OTHER);
		assert_false(fixture.arenas[1].is_main);
		assert_int_equal(fixture.arenas[2].system, 3);
		assert_int_equal(fixture.arenas[2].has_fast_bins, heads[i] > 8);
		end(&fixture);
	}
}

static void bins_in_use_are_bins(void **state)
{
	struct fixture fixture;
	struct fake_arena arena = {MAIN, MAIN, TOP, 0x21000, FAKE_HEAD_WORDS};

	(void)state;
	begin(&fixture, 8);
	fake_arena_put(&fixture.memory, &arena);
	for (unsigned i = 0; i < 100; i++)
		fake_bin_put(&fixture.memory, &arena, i, START + 0x18000 + 64 * i);
	/* The last remainder is a pointer before the bins, and makes a pair with top. */
	fake_memory_put(&fixture.memory, fake_arena_bins(&fixture.memory, &arena) - 8,
			START + 0x18000);
	assert_int_equal(find(&fixture), 0);
	assert_int_equal(fixture.arenas[0].address, MAIN);
	end(&fixture);
}

static void an_arena_without_chunks_has_no_top(void **state)
{
	struct fixture fixture;
	struct fake_arena arena = {MAIN, MAIN, 0, 0, FAKE_HEAD_WORDS};

	(void)state;
	begin(&fixture, 8);
	arena.top = fake_arena_bins(&fixture.memory, &arena) - 16;
	fake_arena_put(&fixture.memory, &arena);
	assert_int_equal(find(&fixture), 0);
	assert_int_equal(fixture.arenas[0].top, 0);
	end(&fixture);
}

/* What lies within the arena is no chunk; what begins where it ends is one. */
static void a_top_lies_beyond_its_arena(void **state)
{
	(void)state;
	for (int which = 0; which < 4; which++) {
		struct fake_arena arena = {MAIN, MAIN, 0, 0x21000, FAKE_HEAD_WORDS};
		struct fixture fixture;
		uint64_t behind;

		begin(&fixture, 8);
		behind = fake_arena_put(&fixture.memory, &arena);
		arena.top = (uint64_t[]){MAIN, behind - 16, behind, MAIN - 16}[which];
		fake_arena_put(&fixture.memory, &arena);
		assert_int_equal(find(&fixture), 0);
		assert_int_equal(fixture.arenas[0].end, behind);
		assert_int_equal(fixture.arenas[0].top, which < 2 ? 0 : arena.top);
		end(&fixture);
	}
}

static void what_only_looks_like_bins_is_not_taken(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	assert_int_equal(find(&fixture), -ENOENT);
	/* The ring leads into nowhere, and to a place without bins. */
	put(&fixture, MAIN, START - FAKE_PAGE, 1, FAKE_HEAD_WORDS);
	assert_int_equal(find(&fixture), -ENOENT);
	put(&fixture, MAIN, FIRST, 1, FAKE_HEAD_WORDS);
	assert_int_equal(find(&fixture), -ENOENT);
	/* It does not come back to where it began. */
	put(&fixture, MAIN, FIRST, 1, FAKE_HEAD_WORDS);
	put(&fixture, FIRST, FIRST, 1, FAKE_HEAD_WORDS);
	assert_int_equal(find(&fixture), -ENOENT);
	/* One link of an empty bin leads to itself, the other nowhere. */
	for (unsigned i = 0; i < 2; i++) {
		struct fake_arena arena = {MAIN, MAIN, TOP, 1, FAKE_HEAD_WORDS};
		uint64_t bins = fake_arena_bins(&fixture.memory, &arena);

		fake_arena_put(&fixture.memory, &arena);
		assert_int_equal(find(&fixture), 0);
		free(fixture.arenas);
		fixture.arenas = NULL;
		fake_memory_put(&fixture.memory, bins + (2 * 60 + i) * 8, 0x1230);
		assert_int_equal(find(&fixture), -ENOENT);
	}
	/* It is not in memory. */
	put(&fixture, MAIN, MAIN, 1, FAKE_HEAD_WORDS);
	fixture.memory.absent[1] = true;
	assert_int_equal(find(&fixture), -ENOENT);
	end(&fixture);
}

static void an_arena_that_is_none_is_left_out(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put(&fixture, MAIN, FIRST, 1, FAKE_HEAD_WORDS);
	put(&fixture, FIRST, MAIN, 2, FAKE_HEAD_WORDS);
	/* Its top lies nowhere. */
	fake_memory_put(&fixture.memory, FIRST + (FAKE_HEAD_WORDS - 2) * 8, 0x1230);
	assert_int_equal(find(&fixture), 0);
	assert_int_equal(fixture.count, 1);
	end(&fixture);
}

static void pointers_all_over_cost_bounded_time(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	fixture.data.end = fixture.writable.end;
	for (uint64_t at = START; at < fixture.writable.end; at += 8)
		fake_memory_put(&fixture.memory, at, START + 0x1000);
	assert_int_equal(find(&fixture), -ENOENT);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_arena_is_its_own_ring),
		cmocka_unit_test(bins_lie_in_the_data_with_what_follows),
		cmocka_unit_test(several_are_found_along_their_ring),
		cmocka_unit_test(bins_in_use_are_bins),
		cmocka_unit_test(an_arena_without_chunks_has_no_top),
		cmocka_unit_test(a_top_lies_beyond_its_arena),
		cmocka_unit_test(what_only_looks_like_bins_is_not_taken),
		cmocka_unit_test(an_arena_that_is_none_is_left_out),
		cmocka_unit_test(pointers_all_over_cost_bounded_time),
	};

	return cmocka_run_group_tests_name("glibc_arena", tests, NULL, NULL);
}
