/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Heaps of threads, which are a chain. */

#include "glibc_walk.h"

#define HEAP   (START + 0x10000) /* a thread's, as large as heaps begin at multiples of */
#define FIRST  (HEAP + 0x8c0)    /* its first chunk, behind its head and the arena */
#define SECOND (START + 0x20000)

/* The head of a heap. */
static void put_head(struct fixture *fixture, uint64_t heap, uint64_t previous, uint64_t size)
{
	fake_memory_put(&fixture->memory, heap, HEAP + 0x20);
	fake_memory_put(&fixture->memory, heap + 8, previous);
	fake_memory_put(&fixture->memory, heap + 16, size);
}

/* An arena of a thread, whose pieces are listed, in a heap without chunks. */
static void begin_thread(struct fixture *fixture, uint64_t top, uint64_t system)
{
	const struct fake_arena fake = {HEAP + 0x20, HEAP + 0x20, top, system, FAKE_HEAD_WORDS};

	begin(fixture, top, system);
	put_head(fixture, HEAP, 0, 0x5000);
	fixture->arena = (struct glibc_arena){.address = HEAP + 0x20,
					      .bins = fake_arena_bins(&fixture->memory, &fake),
					      .end = fake_arena_put(&fixture->memory, &fake),
					      .top = top,
					      .system = system};
	fixture->walker.list_pieces = true;
}

/* Three in use, one of them behind a free one, and top. */
static void put_chunks(struct fixture *fixture, uint64_t from)
{
	uint64_t at = fake_chunk_put(&fixture->memory, from, HEAP + 0x2000 - from, true);

	at = fake_free_put(&fixture->memory, at, 0x2000);
	at = fake_chunk_put(&fixture->memory, at, 0x800, false);
	fake_chunk_put(&fixture->memory, at, 0x800, true);
}

static void a_thread_s_heap_is_in_pieces(void **state)
{
	static const struct heap_piece pieces[] = {
		{HEAP, FIRST, 0, HEAP_USE_OTHER, 0},
		{FIRST, HEAP + 0x2000, 0, HEAP_USE_USED, 0},
		{HEAP + 0x2000, HEAP + 0x4000, 0x2000, HEAP_USE_FREE, 0},
		{HEAP + 0x4000, HEAP + 0x4800, 0, HEAP_USE_USED, 0},
		{HEAP + 0x4800, HEAP + 0x5000, 0x800, HEAP_USE_TOP, 0},
	};
	struct fixture fixture;

	(void)state;
	begin_thread(&fixture, HEAP + 0x4800, 0x5000);
	put_chunks(&fixture, FIRST);
	walk(&fixture);
	assert_int_equal(fixture.walker.seen, 0x5000);
	assert_int_equal(fixture.usage.unknown, 0);
	assert_int_equal(fixture.usage.used_chunks, 2);
	assert_int_equal(fixture.usage.top, 0x800);
	assert_int_equal(fixture.usage.start, HEAP);
	assert_pieces(&fixture, pieces, 5);
	end(&fixture);
}

/* Behind a page that is not in memory nothing is sure, and where no chunk begins nothing is. */
static void what_lies_before_the_first_chunk_may_be_unknown(void **state)
{
	const struct heap_piece nothing = {HEAP, HEAP + 0x5000, 0, HEAP_USE_UNKNOWN, 0};
	struct fixture fixture;

	(void)state;
	for (int absent = 0; absent < 2; absent++) {
		const struct heap_piece pieces[] = {
			{HEAP, HEAP + 0x2000, 0, absent ? HEAP_USE_UNKNOWN : HEAP_USE_OTHER, 0},
			{HEAP + 0x2000, HEAP + 0x4000, 0x2000, HEAP_USE_FREE, 0},
			{HEAP + 0x4000, HEAP + 0x4800, 0, HEAP_USE_USED, 0},
			{HEAP + 0x4800, HEAP + 0x5000, 0x800, HEAP_USE_TOP, 0},
		};

		begin_thread(&fixture, HEAP + 0x4800, 0x5000);
		put_chunks(&fixture, HEAP + 0x1000);
		/* The page of the first one is not there, or says nothing. */
		fixture.memory.absent[0x11] = absent;
		fake_memory_put(&fixture.memory, HEAP + 0x1008, 0);
		walk(&fixture);
		assert_int_equal(fixture.walker.seen, 0x5000);
		assert_int_equal(fixture.usage.unknown, absent ? 0x2000 : 0);
		assert_pieces(&fixture, pieces, 4);
		end(&fixture);
	}
	begin_thread(&fixture, HEAP + 0x4800, 0x5000);
	walk(&fixture);
	assert_int_equal(fixture.usage.unknown, 0x5000);
	assert_pieces(&fixture, &nothing, 1);
	end(&fixture);
}

static void heaps_are_a_chain_from_the_newest_on(void **state)
{
	static const struct heap_piece pieces[] = {
		{SECOND, SECOND + 0x20, 0, HEAP_USE_OTHER, 0},
		{SECOND + 0x20, SECOND + 0x1000, 0, HEAP_USE_USED, 0},
		{SECOND + 0x1000, SECOND + 0x3000, 0x2000, HEAP_USE_TOP, 0},
		{HEAP, FIRST, 0, HEAP_USE_OTHER, 0},
		{FIRST, HEAP + 0x4fe0, 0, HEAP_USE_USED, 0},
		{HEAP + 0x4fe0, HEAP + 0x5000, 0, HEAP_USE_OTHER, 0},
	};
	struct fixture fixture;

	(void)state;
	begin_thread(&fixture, SECOND + 0x1000, 0x8000);
	put_head(&fixture, SECOND, HEAP, 0x3000);
	fake_chunk_put(&fixture.memory, SECOND + 0x20, 0xfe0, true);
	fake_chunk_put(&fixture.memory, SECOND + 0x1000, 0x2000, true);
	fake_chunk_put(&fixture.memory, FIRST, HEAP + 0x4fe0 - FIRST, true);
	fake_chunk_put(&fixture.memory, HEAP + 0x4fe0, 0x10, true);
	fake_chunk_put(&fixture.memory, HEAP + 0x4ff0, 0x10, true);
	walk(&fixture);
	assert_int_equal(fixture.walker.seen, 0x8000);
	assert_int_equal(fixture.usage.unknown, 0);
	assert_int_equal(fixture.usage.start, HEAP);
	assert_int_equal(fixture.walker.span_count, 2);
	assert_pieces(&fixture, pieces, 6);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_s_heap_is_in_pieces),
		cmocka_unit_test(what_lies_before_the_first_chunk_may_be_unknown),
		cmocka_unit_test(heaps_are_a_chain_from_the_newest_on),
	};

	return cmocka_run_group_tests_name("glibc_walker_heaps", tests, NULL, NULL);
}
