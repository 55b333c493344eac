/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_walker.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 64
#define ARENA (START + 0x100)

struct fixture {
	struct fake_memory memory;
	struct heap_range writable, anonymous[2], heap;
	struct heap_memory all;
	struct glibc_arena arena;
	struct heap_arena usage;
	struct heap_usage result;
	struct glibc_walker walker;
};

static void begin(struct fixture *fixture, uint64_t top, uint64_t system)
{
	const struct fake_arena fake = {ARENA, ARENA, top, system, FAKE_HEAD_WORDS};

	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	fake_arena_put(&fixture->memory, &fake);
	fixture->writable = (struct heap_range){START, START + PAGES * FAKE_PAGE};
	fixture->arena = (struct glibc_arena){.address = ARENA,
					      .bins = fake_arena_bins(&fixture->memory, &fake),
					      .top = top,
					      .system = system,
					      .is_main = true};
	fixture->usage = (struct heap_arena){.system = system};
}

static void walk(struct fixture *fixture)
{
	fixture->all = (struct heap_memory){.reader = &fixture->memory.reader,
					    .word = 8,
					    .writable = {&fixture->writable, 1},
					    .anonymous = {fixture->anonymous, 2},
					    .heap = fixture->heap};
	fixture->result.arenas = &fixture->usage;
	fixture->walker = (struct glibc_walker){.memory = &fixture->all,
						.list_pieces = fixture->walker.list_pieces,
						.heap = &fixture->result,
						.arena = &fixture->arena,
						.usage = &fixture->usage};
	memory_window_init(&fixture->walker.window, &fixture->memory.reader, 8, 4);
	memory_window_init(&fixture->walker.lists, &fixture->memory.reader, 8, 1);
	glibc_walker_walk(&fixture->walker);
}

static void end(struct fixture *fixture)
{
	free(fixture->walker.spans);
	glibc_list_finish(&fixture->walker.known);
	glibc_list_finish(&fixture->walker.cached);
	memory_window_finish(&fixture->walker.window);
	memory_window_finish(&fixture->walker.lists);
	fake_memory_finish(&fixture->memory);
}

/* Used chunks, and a fence or top at the end. Returns where that begins. */
static uint64_t put_piece(struct fixture *fixture, uint64_t start, uint64_t limit, bool has_top)
{
	uint64_t at = start;

	while (at < limit - 0x220)
		at = fake_chunk_put(&fixture->memory, at, 0x100, true);
	if (has_top) {
		fake_chunk_put(&fixture->memory, at, limit - at, true);
		return at;
	}
	at = fake_chunk_put(&fixture->memory, at, limit - 0x20 - at, true);
	fake_chunk_put(&fixture->memory, at, 0x10, true);
	fake_chunk_put(&fixture->memory, at + 0x10, 0x10, true);
	return at;
}

/* The break could not be moved twice: the newest piece, with top, lies lowest. */
static void pieces_outside_of_the_brk_heap_are_found(void **state)
{
	const uint64_t heap = START + 0x8000, pieces = START + 0x20000, other = START + 0x30000;
	struct fixture fixture;
	uint64_t top;

	(void)state;
	begin(&fixture, 0, 0x4000 + 0x3000 + 0x2000);
	put_piece(&fixture, heap, heap + 0x4000, false);
	top = put_piece(&fixture, pieces, pieces + 0x3000, true);
	put_piece(&fixture, pieces + 0x3000, pieces + 0x5000, false);
	fixture.arena.top = top;
	fixture.heap = (struct heap_range){heap, heap + 0x4000};
	fixture.anonymous[0] = (struct heap_range){pieces, pieces + 0x5000};
	fixture.anonymous[1] = (struct heap_range){other, other + 0x4000};
	walk(&fixture);
	assert_int_equal(fixture.usage.unknown, 0);
	assert_int_equal(fixture.walker.seen, fixture.usage.system);
	assert_int_equal(fixture.usage.top, pieces + 0x3000 - top);
	assert_int_equal(fixture.walker.span_count, 2);
	end(&fixture);
}

/* Pages that are not in memory lie before the first chunk: the arena's size says whose they are. */
static void what_the_arena_has_not_is_of_others(void **state)
{
	const uint64_t heap = START + 0x8000;
	struct fixture fixture;

	(void)state;
	for (uint64_t more = 0; more <= 0x2000; more += 0x2000) {
		begin(&fixture, 0, 0x4000 + more);
		fixture.memory.absent[8] = fixture.memory.absent[9] = true;
		fixture.arena.top = put_piece(&fixture, heap + 0x2000, heap + 0x6000, true);
		fixture.heap = (struct heap_range){heap, heap + 0x6000};
		walk(&fixture);
		assert_int_equal(fixture.usage.unknown, more);
		end(&fixture);
	}
}

static void what_is_not_found_is_unknown(void **state)
{
	const uint64_t heap = START + 0x8000;
	struct fixture fixture;

	(void)state;
	begin(&fixture, 0, 0x4000 + 0x3000);
	fixture.arena.top = put_piece(&fixture, heap, heap + 0x4000, true);
	fixture.heap = (struct heap_range){heap, heap + 0x4000};
	walk(&fixture);
	assert_int_equal(fixture.usage.unknown, 0x3000);
	end(&fixture);
}

static void behind_top_the_break_is_of_others(void **state)
{
	const uint64_t heap = START + 0x8000;
	struct fixture fixture;

	(void)state;
	begin(&fixture, 0, 0x4000);
	fixture.arena.top = put_piece(&fixture, heap, heap + 0x4000, true);
	fixture.heap = (struct heap_range){heap, heap + 0x9000};
	walk(&fixture);
	assert_int_equal(fixture.usage.unknown, 0);
	assert_int_equal(fixture.walker.seen, 0x4000);
	end(&fixture);
}

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

static void assert_pieces(struct fixture *fixture, const struct heap_piece *pieces, size_t count)
{
	assert_int_equal(fixture->result.piece_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct heap_piece *piece = &fixture->result.pieces[i];

		assert_int_equal(piece->start, pieces[i].start);
		assert_int_equal(piece->end, pieces[i].end);
		assert_int_equal(piece->free, pieces[i].free);
		assert_int_equal(piece->use, pieces[i].use);
		assert_int_equal(piece->arena, 0);
	}
	free(fixture->result.pieces);
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
		cmocka_unit_test(pieces_outside_of_the_brk_heap_are_found),
		cmocka_unit_test(what_the_arena_has_not_is_of_others),
		cmocka_unit_test(what_is_not_found_is_unknown),
		cmocka_unit_test(behind_top_the_break_is_of_others),
		cmocka_unit_test(a_thread_s_heap_is_in_pieces),
		cmocka_unit_test(what_lies_before_the_first_chunk_may_be_unknown),
		cmocka_unit_test(heaps_are_a_chain_from_the_newest_on),
	};

	return cmocka_run_group_tests_name("glibc_walker", tests, NULL, NULL);
}
