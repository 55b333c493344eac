/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glibc_walk.h"

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
