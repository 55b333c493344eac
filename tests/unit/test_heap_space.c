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

/* A writable private mapping of a page, made up: data as far as it is an object's. */
struct data_case {
	const char *name;
	uint64_t inode;
	uint8_t perms;
	enum kind kind;
	enum owner owner;
	int place; /* among the data; -1: it is none */
};

static const struct data_case data_cases[] = {
	{"/lib/a.so", 1, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 6},
	{"/bin/x", 2, PERM_WRITE, KIND_DATA, OWNER_PROGRAM, 3},
	{"", 0, PERM_WRITE, KIND_BSS, OWNER_PROGRAM, 4},
	{"", 0, PERM_WRITE, KIND_BSS, OWNER_LIBRARY, 7},
	{"", 0, PERM_WRITE, KIND_ANON, OWNER_PROGRAM, -1},
	{"/bin/x", 2, PERM_READ, KIND_DATA, OWNER_PROGRAM, -1},
	{"/bin/x", 2, PERM_WRITE | PERM_SHARED, KIND_DATA, OWNER_PROGRAM, -1},
	{"/x/libc-2.31.so", 3, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 0},
	{"/x/libc.so", 4, PERM_WRITE, KIND_DATA, OWNER_PROGRAM, 1},
	{"/x/libc.so.6", 5, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 2},
	{"/x/libc.s", 6, PERM_WRITE, KIND_DATA, OWNER_PROGRAM, 5},
	{"/x/libcx-2.so", 7, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 8},
	{"/libc.so.6/x", 8, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 9},
	{"libc.so.6", 9, PERM_WRITE, KIND_DATA, OWNER_LIBRARY, 10},
	{"/x/libc.so.6", 0, PERM_WRITE, KIND_BSS, OWNER_LIBRARY, 11},
};

#define DATA_CASES (sizeof(data_cases) / sizeof(data_cases[0]))

static void data_has_an_order(void **state)
{
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	struct vma vmas[DATA_CASES];
	struct address_space *space;
	struct heap_space ranges;
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < DATA_CASES; i++)
		vmas[i] = (struct vma){.start = (i + 1) * 0x10000,
				       .end = (i + 1) * 0x10000 + 0x1000,
				       .perms = data_cases[i].perms,
				       .name = data_cases[i].name,
				       .inode = data_cases[i].inode,
				       .kind = (uint8_t)data_cases[i].kind,
				       .owner = (uint8_t)data_cases[i].owner};
	assert_int_equal(address_space_create(&target, vmas, DATA_CASES, 0, 0, &space), 0);
	heap_space_init(&ranges, space);
	for (size_t i = 0; i < DATA_CASES; i++) {
		if (data_cases[i].place < 0)
			continue;
		count++;
		check(&ranges.memory.data, (size_t)data_cases[i].place, vmas[i].start, vmas[i].end);
	}
	assert_int_equal(ranges.memory.data.count, count);
	assert_int_equal(ranges.memory.anonymous.count, 1);
	check(&ranges.memory.anonymous, 0, vmas[4].start, vmas[4].end);
	assert_int_equal(ranges.memory.writable.count, DATA_CASES - 2);
	heap_space_finish(&ranges);
	address_space_destroy(space);
}

/* From the first part of it to the last one, whatever the permissions between them are. */
static void a_heap_has_parts(void **state)
{
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	struct vma vmas[] = {
		{.start = 0x10000, .end = 0x20000, .perms = PERM_WRITE, .name = "[heap]"},
		{.start = 0x20000, .end = 0x30000, .perms = PERM_READ, .name = "[heap]"},
		{.start = 0x30000, .end = 0x40000, .perms = PERM_WRITE, .name = "[heap]"},
		{.start = 0x40000, .end = 0x50000, .perms = PERM_WRITE, .name = ""},
		{.start = 0x50001, .end = 0x60000, .perms = PERM_WRITE, .name = ""},
	};
	struct address_space *space;
	struct heap_space ranges;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		vmas[i].kind = i < 3 ? KIND_HEAP : KIND_ANON;
	assert_int_equal(address_space_create(&target, vmas, 5, 0, 0, &space), 0);
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.heap.start, 0x10000);
	assert_int_equal(ranges.memory.heap.end, 0x40000);
	assert_int_equal(ranges.memory.heap_limit, 0x40000);
	assert_int_equal(ranges.memory.writable.count, 3);
	check(&ranges.memory.writable, 0, 0x10000, 0x20000);
	check(&ranges.memory.writable, 1, 0x30000, 0x50000);
	check(&ranges.memory.writable, 2, 0x50001, 0x60000);
	assert_int_equal(ranges.memory.anonymous.count, 2);
	check(&ranges.memory.anonymous, 1, 0x50001, 0x60000);
	heap_space_finish(&ranges);
	assert_int_equal(ranges.memory.writable.count, 0);
	/* Words are as large as addresses. */
	space->user_end = UINT64_C(1) << 32;
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.word, 4);
	heap_space_finish(&ranges);
	space->user_end++;
	heap_space_init(&ranges, space);
	assert_int_equal(ranges.memory.word, 8);
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
		cmocka_unit_test(data_has_an_order),
		cmocka_unit_test(a_heap_has_parts),
		cmocka_unit_test(without_mappings_there_is_nothing),
	};

	return cmocka_run_group_tests_name("heap_space", tests, NULL, NULL);
}
