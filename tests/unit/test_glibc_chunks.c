/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_chunks.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 4
#define LIMIT (START + PAGES * FAKE_PAGE)

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct glibc_walk walk;
	struct glibc_chunk chunk;
};

static void begin(struct fixture *fixture, unsigned word)
{
	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, word);
	memory_window_init(&fixture->window, &fixture->memory.reader, word, PAGES);
	fixture->walk = (struct glibc_walk){&fixture->window, LIMIT, 0, START};
}

static void end(struct fixture *fixture)
{
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static void expect(struct fixture *fixture, uint64_t start, uint64_t end,
		   enum glibc_chunk_state state)
{
	assert_int_equal(glibc_walk_next(&fixture->walk, &fixture->chunk), GLIBC_STEP_CHUNK);
	assert_int_equal(fixture->chunk.start, start);
	assert_int_equal(fixture->chunk.end, end);
	assert_int_equal(fixture->chunk.state, state);
}

/* A used chunk, a free one, a used one, and top up to the limit. Returns top. */
static uint64_t put_row(struct fake_memory *memory)
{
	uint64_t at = fake_chunk_put(memory, START, 0x290, true);

	at = fake_free_put(memory, at, 0x400);
	at = fake_chunk_put(memory, at, 0x30, false);
	fake_chunk_put(memory, at, LIMIT - at, true);
	return at;
}

static void a_row_ends_with_top(void **state)
{
	static const unsigned words[] = {4, 8};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct fixture fixture;
		uint64_t top;

		begin(&fixture, words[i]);
		top = fixture.walk.top = put_row(&fixture.memory);
		expect(&fixture, START, START + 0x290, GLIBC_CHUNK_USED);
		expect(&fixture, START + 0x290, START + 0x690, GLIBC_CHUNK_FREE);
		expect(&fixture, START + 0x690, top, GLIBC_CHUNK_USED);
		expect(&fixture, top, LIMIT, GLIBC_CHUNK_TOP);
		assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk), GLIBC_STEP_END);
		end(&fixture);
	}
}

static void a_fence_ends_a_piece(void **state)
{
	/* Of two headers of two words, as in the brk heap, and of one with an empty one behind. */
	static const uint64_t second[] = {0x11, 0x1};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct fixture fixture;
		uint64_t fence;

		begin(&fixture, 8);
		fence = fake_free_put(&fixture.memory, START, 0x400);
		fake_chunk_put(&fixture.memory, fence, 0x10, false);
		fake_memory_put(&fixture.memory, fence + 0x18, second[i]);
		expect(&fixture, START, fence, GLIBC_CHUNK_FREE);
		expect(&fixture, fence, fence + 0x20, GLIBC_CHUNK_FENCE);
		assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk), GLIBC_STEP_END);
		end(&fixture);
	}
}

/* A header alone is one, if there is room for it. */
static void a_fence_may_be_all_that_is_left(void **state)
{
	(void)state;
	for (uint64_t left = 8; left <= 0x18; left += 8) {
		struct fixture fixture;

		begin(&fixture, 8);
		fixture.walk.limit = START + left;
		fake_chunk_put(&fixture.memory, START, 0, true);
		if (left < 0x10)
			assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk),
					 GLIBC_STEP_LOST);
		else
			expect(&fixture, START, START + 0x10, GLIBC_CHUNK_FENCE);
		/* Of two, both have to be. */
		memory_window_forget(&fixture.window);
		fixture.walk.at = START;
		fixture.walk.limit = START + 0x10 + left;
		fake_chunk_put(&fixture.memory, START, 0x10, true);
		fake_chunk_put(&fixture.memory, START + 0x10, 0, true);
		if (left < 0x10)
			assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk),
					 GLIBC_STEP_LOST);
		else
			expect(&fixture, START, START + 0x20, GLIBC_CHUNK_FENCE);
		end(&fixture);
	}
}

static void what_contradicts_itself_ends_the_walk(void **state)
{
	/* Too small, not a multiple, beyond the end, wrapping round, mapped on its own, nothing. */
	static const uint64_t heads[] = {0x19,           0x2009, PAGES * 4096 + 0x11,
					 UINT64_MAX - 6, 0x203,  4};

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct fixture fixture;

		begin(&fixture, 8);
		put_row(&fixture.memory);
		fake_memory_put(&fixture.memory, START + 0x290 + 8, heads[i] | FAKE_IN_USE);
		expect(&fixture, START, START + 0x290, GLIBC_CHUNK_USED);
		assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk), GLIBC_STEP_LOST);
		assert_int_equal(fixture.walk.at, START + 0x290);
		end(&fixture);
	}
}

static void a_free_chunk_says_its_size_twice(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, 8);
	put_row(&fixture.memory);
	fake_memory_put(&fixture.memory, START + 0x690, 0x3f0);
	expect(&fixture, START, START + 0x290, GLIBC_CHUNK_USED);
	assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk), GLIBC_STEP_LOST);
	end(&fixture);
}

static void a_header_that_is_not_in_memory_ends_the_walk(void **state)
{
	struct fixture fixture;
	uint64_t at;

	(void)state;
	begin(&fixture, 8);
	at = fake_chunk_put(&fixture.memory, START, 0x1800, true);
	fake_chunk_put(&fixture.memory, at, LIMIT - at, true);
	fixture.walk.top = at;
	fixture.memory.absent[1] = true;
	assert_int_equal(glibc_walk_next(&fixture.walk, &fixture.chunk), GLIBC_STEP_LOST);
	/* One that lies between headers does not matter. */
	fixture.memory.absent[1] = false;
	fixture.memory.absent[2] = fixture.memory.absent[3] = true;
	memory_window_forget(&fixture.window);
	expect(&fixture, START, at, GLIBC_CHUNK_USED);
	expect(&fixture, at, LIMIT, GLIBC_CHUNK_TOP);
	end(&fixture);
}

/* As many as are wanted, and not one more. */
static void so_many_chunks_are_looked_at(void **state)
{
	struct fixture fixture;
	uint64_t at = START;

	(void)state;
	begin(&fixture, 8);
	for (int i = 0; i < 5; i++)
		at = fake_chunk_put(&fixture.memory, at, 0x100, true);
	/* The fifth is known to be one by the flag of what follows, which is none. */
	fake_memory_put(&fixture.memory, at + 8, 0x203);
	for (size_t wanted = 0; wanted <= 6; wanted++)
		assert_int_equal(glibc_walk_holds(&fixture.walk, START, wanted), wanted <= 5);
	end(&fixture);
}

static void where_chunks_begin_is_told(void **state)
{
	struct fixture fixture;
	uint64_t at = START;

	(void)state;
	begin(&fixture, 8);
	assert_false(glibc_walk_holds(&fixture.walk, START, 8));
	for (int i = 0; i < 10; i++)
		at = fake_chunk_put(&fixture.memory, at, 0x40, true);
	memory_window_forget(&fixture.window);
	assert_true(glibc_walk_holds(&fixture.walk, START, 8));
	assert_false(glibc_walk_holds(&fixture.walk, START, 12));
	assert_false(glibc_walk_holds(&fixture.walk, START + 0x10, 8));
	/* All of a row counts, however short. */
	fake_chunk_put(&fixture.memory, at, LIMIT - at, true);
	fixture.walk.top = at;
	memory_window_forget(&fixture.window);
	assert_true(glibc_walk_holds(&fixture.walk, at, 8));
	assert_false(glibc_walk_holds(&fixture.walk, LIMIT, 8));
	end(&fixture);
}

static void chunks_with_mappings_of_their_own_take_whole_pages(void **state)
{
	/* As sizes were up to 2.42, and since. */
	static const uint64_t sizes[] = {0x3000, 0x2ff0};
	struct fixture fixture;
	uint64_t size;

	(void)state;
	begin(&fixture, 8);
	for (size_t i = 0; i < 2; i++) {
		fake_memory_put(&fixture.memory, START + 8, sizes[i] | 2);
		memory_window_forget(&fixture.window);
		assert_true(glibc_chunk_is_mapped(&fixture.window, START, LIMIT, &size));
		assert_int_equal(size, 0x3000);
		/* It does not fit. */
		assert_false(glibc_chunk_is_mapped(&fixture.window, START, START + 0x2fff, &size));
	}
	fake_memory_put(&fixture.memory, START + 8, 0x2fe0 | 2);
	memory_window_forget(&fixture.window);
	assert_false(glibc_chunk_is_mapped(&fixture.window, START, LIMIT, &size));
	fake_memory_put(&fixture.memory, START + 8, 0x3000);
	memory_window_forget(&fixture.window);
	assert_false(glibc_chunk_is_mapped(&fixture.window, START, LIMIT, &size));
	end(&fixture);
}

static void chunks_are_as_large_as_words_want_them(void **state)
{
	(void)state;
	assert_int_equal(glibc_chunk_min(8), 32);
	assert_int_equal(glibc_chunk_align(8), 16);
	assert_int_equal(glibc_chunk_min(4), 16);
	assert_int_equal(glibc_chunk_align(4), 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_ends_with_top),
		cmocka_unit_test(a_fence_ends_a_piece),
		cmocka_unit_test(a_fence_may_be_all_that_is_left),
		cmocka_unit_test(what_contradicts_itself_ends_the_walk),
		cmocka_unit_test(a_free_chunk_says_its_size_twice),
		cmocka_unit_test(a_header_that_is_not_in_memory_ends_the_walk),
		cmocka_unit_test(so_many_chunks_are_looked_at),
		cmocka_unit_test(where_chunks_begin_is_told),
		cmocka_unit_test(chunks_with_mappings_of_their_own_take_whole_pages),
		cmocka_unit_test(chunks_are_as_large_as_words_want_them),
	};

	return cmocka_run_group_tests_name("glibc_chunks", tests, NULL, NULL);
}
