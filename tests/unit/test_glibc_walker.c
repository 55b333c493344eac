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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_outside_of_the_brk_heap_are_found),
		cmocka_unit_test(what_the_arena_has_not_is_of_others),
		cmocka_unit_test(what_is_not_found_is_unknown),
		cmocka_unit_test(behind_top_the_break_is_of_others),
	};

	return cmocka_run_group_tests_name("glibc_walker", tests, NULL, NULL);
}
