/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside/heap_space.h"
#include "maps_space.h"
#include "model/address_space.h"

static void check(const struct heap_ranges *ranges, size_t index, uint64_t start, uint64_t end)
{
	assert_true(index < ranges->count);
	assert_int_equal(ranges->ranges[index].start, start);
	assert_int_equal(ranges->ranges[index].end, end);
}

static void the_library_is_searched_before_the_program(void **state)
{
	struct address_space *space = maps_space_create(
		NULL, "400000-401000 r-xp 0 8:1 7 /bin/x\n"
		      "401000-402000 rw-p 1000 8:1 7 /bin/x\n"
		      "5000000-5021000 rw-p 0 0:0 0 [heap]\n"
		      "7f0000000000-7f0000100000 rw-p 0 0:0 0\n"
		      "7f0000200000-7f0000300000 r-xp 0 8:1 8 /lib/libc.so.6\n"
		      "7f0000300000-7f0000302000 rw-p 100000 8:1 8 /lib/libc.so.6\n"
		      "7f0000302000-7f0000310000 rw-p 0 0:0 0\n"
		      "7f0000400000-7f0000401000 rw-s 0 8:1 9 /srv/shared\n"
		      "7f0000500000-7f0000501000 r-xp 0 8:1 10 /lib/libm.so.6\n"
		      "7f0000501000-7f0000502000 rw-p 1000 8:1 10 /lib/libm.so.6\n");
	struct heap_space ranges;

	(void)state;
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.word, 8);
	check(&ranges.memory.data, 0, 0x7f0000300000, 0x7f0000302000);
	check(&ranges.memory.data, 1, 0x401000, 0x402000);
	check(&ranges.memory.writable, 0, 0x401000, 0x402000);
	/* The break may be higher by now. */
	check(&ranges.memory.writable, 1, 0x5000000, 0x45021000);
	/* Data and bss are one. */
	check(&ranges.memory.writable, 3, 0x7f0000300000, 0x7f0000310000);
	assert_int_equal(ranges.memory.writable.count, 5);
	check(&ranges.memory.anonymous, 0, 0x7f0000000000, 0x7f0000100000);
	assert_int_equal(ranges.memory.heap.start, 0x5000000);
	assert_int_equal(ranges.memory.heap.end, 0x5021000);
	heap_space_finish(&ranges);
	address_space_destroy(space);
}

static void what_is_reserved_behind_an_arena_may_be_its_own_by_now(void **state)
{
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	const struct vma vmas[] = {
		{.start = 0x5000000,
		 .end = 0x5021000,
		 .perms = PERM_READ | PERM_WRITE,
		 .name = "[heap]",
		 .kind = KIND_HEAP},
		{.start = 0x5030000,
		 .end = 0x5040000,
		 .perms = PERM_READ,
		 .name = "",
		 .kind = KIND_ANON},
		{.start = 0x7f0004000000,
		 .end = 0x7f0004021000,
		 .perms = PERM_READ | PERM_WRITE,
		 .name = "",
		 .kind = KIND_ARENA},
		{.start = 0x7f0004021000, .end = 0x7f0008000000, .name = "", .kind = KIND_RESERVE},
	};
	struct address_space *space;
	struct heap_space ranges;

	(void)state;
	assert_int_equal(address_space_create(&target, vmas, 4, 0, 0, &space), 0);
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.writable.count, 2);
	check(&ranges.memory.writable, 0, 0x5000000, 0x5030000);
	check(&ranges.memory.writable, 1, 0x7f0004000000, 0x7f0008000000);
	assert_int_equal(ranges.memory.heap.end, 0x5021000);
	assert_int_equal(ranges.memory.heap_limit, 0x5030000);
	heap_space_finish(&ranges);
	address_space_destroy(space);
}

/* A heap grows by a gigabyte at most, up to what follows, and no further than addresses go. */
static void a_heap_has_room_to_grow(void **state)
{
	const uint64_t gigabyte = UINT64_C(1) << 30, last = UINT64_MAX - 0xfff;
	const struct {
		uint64_t end, next, limit; /* next of 0: nothing follows */
	} cases[] = {
		{0x5021000, 0, 0x5021000 + gigabyte},
		{0x5021000, 0x5021000 + gigabyte - 0x1000, 0x5021000 + gigabyte - 0x1000},
		{0x5021000, 0x5021000 + gigabyte + 0x1000, 0x5021000 + gigabyte},
		{last - gigabyte, 0, last},
		{last, 0, UINT64_MAX},
	};
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct vma vmas[] = {{.start = 0x5000000,
					    .end = cases[i].end,
					    .perms = PERM_READ | PERM_WRITE,
					    .name = "[heap]",
					    .kind = KIND_HEAP},
					   {.start = cases[i].next,
					    .end = cases[i].next + 0x1000,
					    .perms = PERM_READ,
					    .name = "",
					    .kind = KIND_ANON}};
		struct address_space *space;
		struct heap_space ranges;

		assert_int_equal(
			address_space_create(&target, vmas, cases[i].next ? 2 : 1, 0, 0, &space),
			0);
		heap_space_init(&ranges, space);
		assert_true(ranges.memory.heap_limit == cases[i].limit);
		check(&ranges.memory.writable, 0, 0x5000000, cases[i].limit);
		heap_space_finish(&ranges);
		address_space_destroy(space);
	}
}

/* Only a reserve that begins where an arena ends is its own. */
static void an_arena_has_what_is_reserved_for_it(void **state)
{
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	struct vma vmas[] = {
		{.start = 0x10000,
		 .end = 0x20000,
		 .perms = PERM_READ | PERM_WRITE,
		 .name = "",
		 .kind = KIND_ARENA},
		{.start = 0x20000, .end = 0x30000, .name = "", .kind = KIND_RESERVE},
	};
	static const struct {
		uint64_t start;
		enum kind first, second;
		bool own;
	} cases[] = {{0x20000, KIND_ARENA, KIND_RESERVE, true},
		     {0x21000, KIND_ARENA, KIND_RESERVE, false},
		     {0x20000, KIND_ANON, KIND_RESERVE, false},
		     {0x20000, KIND_ARENA, KIND_GUARD, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t count = 1; count <= 2; count++) {
			struct address_space *space;
			struct heap_space ranges;

			vmas[0].kind = (uint8_t)cases[i].first;
			vmas[1].kind = (uint8_t)cases[i].second;
			vmas[1].start = cases[i].start;
			assert_int_equal(address_space_create(&target, vmas, count, 0, 0, &space),
					 0);
			heap_space_init(&ranges, space);
			assert_int_equal(ranges.memory.writable.count, 1);
			check(&ranges.memory.writable, 0, 0x10000,
			      count == 2 && cases[i].own ? 0x30000 : 0x20000);
			heap_space_finish(&ranges);
			address_space_destroy(space);
		}
}

static void without_mappings_there_is_nothing(void **state)
{
	struct address_space *space = maps_space_create(NULL, "");
	struct heap_space ranges;

	(void)state;
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.data.count, 0);
	assert_int_equal(ranges.memory.writable.count, 0);
	assert_int_equal(ranges.memory.heap.start, ranges.memory.heap.end);
	heap_space_finish(&ranges);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_library_is_searched_before_the_program),
		cmocka_unit_test(what_is_reserved_behind_an_arena_may_be_its_own_by_now),
		cmocka_unit_test(a_heap_has_room_to_grow),
		cmocka_unit_test(an_arena_has_what_is_reserved_for_it),
		cmocka_unit_test(without_mappings_there_is_nothing),
	};

	return cmocka_run_group_tests_name("heap_space", tests, NULL, NULL);
}
