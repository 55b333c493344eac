/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "maps_space.h"
#include "model/place_name.h"
#include "support/sample.h"

static const char maps[] =
	"400000-401000 r-xp 00000000 fe:00 10 /opt/heap-tool\n"
	"500000-501000 rw-p 00000000 00:00 0 [anon:my cache]\n"
	"600000-601000 rw-p 00000000 00:00 0 [anon:my cache]\n"
	"7f0000000000-7f0000001000 r--p 00000000 fe:00 11 /lib/libc.so.6\n"
	"7f0000001000-7f0000002000 r-xp 00001000 fe:00 11 /lib/libc.so.6\n"
	"7f0000100000-7f0000101000 r--p 00000000 fe:00 12 /lib/libcrypt.so.1\n"
	"7f0000200000-7f0000201000 r--p 00000000 fe:00 13 /lib/libstdc++.so.6.0.30\n"
	"7f0000300000-7f0000301000 r--p 00000000 fe:00 14 /lib/ld-linux-x86-64.so.2\n"
	"7f0000400000-7f0000401000 r--p 00000000 fe:00 15 /a/same.so\n"
	"7f0000500000-7f0000501000 r--p 00000000 fe:00 16 /b/same.so\n"
	"7f0000600000-7f0000601000 rw-s 00000000 00:01 17 /memfd:ring (deleted)\n"
	"7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n"
	"7ffc00100000-7ffc00102000 r-xp 00000000 00:00 0 [vdso]\n";

/* The address that the name at the beginning has, and how many bytes it takes. */
static void check(const char *expression, uint64_t address, size_t length)
{
	struct address_space *space = maps_space_create(NULL, maps);
	struct place_name name;

	place_name_find(space, expression, strlen(expression), &name);
	assert_int_equal(name.length, length);
	assert_int_equal(name.address, address);
	assert_false(name.absent);
	assert_true(name.meant_count <= 1);
	address_space_destroy(space);
}

static void files_go_by_path_name_stem_and_beginning(void **state)
{
	(void)state;
	check("/lib/libc.so.6", 0x7f0000000000, 14);
	check("libc.so.6", 0x7f0000000000, 9);
	check("libc", 0x7f0000000000, 4);
	check("libc+0x10", 0x7f0000000000, 4);
	check("libcr", 0x7f0000100000, 5);
	check("memfd:ring", 0x7f0000600000, 10);
	check("libc.so.7", 0, 0);
	check("nothing", 0, 0);
}

static void signs_in_names_belong_to_them(void **state)
{
	(void)state;
	check("libstdc++", 0x7f0000200000, 9);
	check("libstdc+++0x10", 0x7f0000200000, 9);
	check("libstdc", 0x7f0000200000, 7);
	check("ld-linux-x86-64", 0x7f0000300000, 15);
	check("ld-linux-x86-64.so.2-4K", 0x7f0000300000, 20);
	check("ld-linux", 0x7f0000300000, 8);
	check("heap-tool", 0x400000, 9);
}

static void brackets_may_be_left_out(void **state)
{
	(void)state;
	check("[vdso]", 0x7ffc00100000, 6);
	check("vdso+1", 0x7ffc00100000, 4);
	check("[anon:my cache]", 0x500000, 15);
	check("anon:my cache", 0x500000, 13);
	check("[vds", 0, 0);
}

static void words_of_every_process_may_be_absent(void **state)
{
	struct address_space *space = maps_space_create(NULL, maps);
	struct place_name name;

	(void)state;
	check("stack", 0x7ffc00000000, 5);
	check("brk", 0x5000000, 3);
	place_name_find(space, "stack:99", 8, &name);
	assert_int_equal(name.length, 8);
	assert_true(name.absent);
	place_name_find(space, "stack:x", 7, &name);
	assert_int_equal(name.length, 0);
	address_space_destroy(space);
	space = maps_space_create(NULL, "400000-401000 r-xp 0 fe:00 10 /opt/x\n");
	place_name_find(space, "heap+1", 6, &name);
	assert_int_equal(name.length, 4);
	assert_true(name.absent);
	address_space_destroy(space);
}

/* Before the first brk(2) the break is where the heap will begin, if the kernel says where. */
static void the_break_without_a_heap(void **state)
{
	struct target target = maps_space_target();
	struct address_space *space;
	struct place_name name;

	(void)state;
	target.start_brk = 0x5000000;
	space = maps_space_create(&target, maps);
	place_name_find(space, "brk", 3, &name);
	assert_int_equal(name.length, 3);
	assert_false(name.absent);
	assert_int_equal(name.address, 0x5000000);
	address_space_destroy(space);

	target.start_brk = 0;
	space = maps_space_create(&target, maps);
	place_name_find(space, "brk", 3, &name);
	assert_int_equal(name.length, 3);
	assert_true(name.absent);
	address_space_destroy(space);
}

static void several_files_of_one_name_are_told(void **state)
{
	struct address_space *space = maps_space_create(NULL, maps);
	struct place_name name;

	(void)state;
	place_name_find(space, "same", 4, &name);
	assert_int_equal(name.length, 4);
	assert_int_equal(name.meant_count, 2);
	assert_string_equal(name.meant[0]->name, "/a/same.so");
	assert_string_equal(name.meant[1]->name, "/b/same.so");
	assert_false(name.meant_more);
	place_name_find(space, "lib", 3, &name);
	assert_int_equal(name.meant_count, 3);
	place_name_find(space, "l", 1, &name);
	assert_int_equal(name.meant_count, 4);
	check("/b/same.so", 0x7f0000500000, 10);
	address_space_destroy(space);
}

static uint64_t find_heap(const char *list)
{
	struct address_space *space = maps_space_create(NULL, list);
	struct place_name name = {0};

	place_name_find(space, "heap", 4, &name);
	address_space_destroy(space);
	return name.address;
}

static void other_memory_is_the_heap_of_a_program_without_brk(void **state)
{
	(void)state;
	assert_int_equal(find_heap("400000-401000 r-xp 0 fe:00 10 /opt/x\n"
				   "7f0000000000-7f0000800000 ---p 0 0:0 0 [anon: Go: heap]\n"
				   "7f0000800000-7f0000900000 rw-p 0 0:0 0 [anon: Go: heap]\n"
				   "7f0000a00000-7f0001a00000 rw-p 0 0:0 0\n"),
			 0x7f0000800000);
	/* Of equals the lowest. */
	assert_int_equal(find_heap("7f0000000000-7f0000100000 rw-p 0 0:0 0\n"
				   "7f0000200000-7f0000400000 rw-p 0 0:0 0\n"
				   "7f0000600000-7f0000800000 rw-p 0 0:0 0\n"),
			 0x7f0000200000);
	assert_int_equal(find_heap("400000-401000 r-xp 0 fe:00 10 /opt/x\n"
				   "7f0000000000-7f0000100000 rw-p 0 0:0 0\n"
				   "7f0000200000-7f0000400000 rw-p 0 0:0 0\n"
				   "7f0000600000-7f0001000000 ---p 0 0:0 0\n"),
			 0x7f0000200000);
}

static void the_heap_and_stacks_of_threads(void **state)
{
	struct address_space *space;
	struct target target = maps_space_target();
	struct place_name name;

	(void)state;
	space = maps_space_create(&target, "4f00000-5000000 rw-p 00000000 00:00 0\n"
					   "5000000-5021000 rw-p 00000000 00:00 0 [heap]\n"
					   "7f0000000000-7f0000100000 rw-p 00000000 00:00 0 "
					   "[stack:4712]\n"
					   "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 "
					   "[stack]\n");
	place_name_find(space, "heap", 4, &name);
	assert_int_equal(name.address, 0x5000000);
	place_name_find(space, "brk", 3, &name);
	assert_int_equal(name.address, 0x5021000);
	place_name_find(space, "stack:4712", 10, &name);
	assert_int_equal(name.address, 0x7f0000000000);
	assert_false(name.absent);
	place_name_find(space, "stack:4711", 10, &name);
	assert_int_equal(name.address, 0x7ffc00000000);
	address_space_destroy(space);
}

/* The program's own before the largest of all. */
static void kinds_are_names(void **state)
{
	static const struct {
		const char *expression;
		uint64_t address;
		size_t length;
	} cases[] = {
		{"data", 0x55b5c41f4000, 4},          {"text+1", 0x55b5c3c6a000, 4},
		{"thread-stack", 0x7f83a8782000, 12}, {"thread-stack-4K", 0x7f83a8782000, 12},
		{"stack-4K", 0x7fff7725a000, 5},
	};
	struct address_space *space = sample_python();
	struct place_name name;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		place_name_find(space, cases[i].expression, strlen(cases[i].expression), &name);
		assert_int_equal(name.length, cases[i].length);
		assert_int_equal(name.address, cases[i].address);
	}
	place_name_find(space, "device", 6, &name);
	assert_true(name.length == 6 && name.absent);
	address_space_destroy(space);
}

static void words_are_listed_for_suggestions(void **state)
{
	size_t count = 0;

	(void)state;
	while (place_name_word(count))
		count++;
	assert_int_equal(count, 5);
	assert_string_equal(place_name_word(0), "heap");
	assert_string_equal(place_name_word(4), "brk");
	assert_null(place_name_word(6));
	assert_true(place_name_ends_at("+", (const char *)"+" + 1));
}

static void check_stack(const struct address_space *space, const char *expression, uint64_t address)
{
	struct place_name name;

	place_name_find(space, expression, strlen(expression), &name);
	assert_int_equal(name.length, strlen(expression));
	assert_int_equal(name.absent, address == 0);
	if (address)
		assert_int_equal(name.address, address);
}

static void stacks_are_found_by_their_thread(void **state)
{
	struct address_space *space = sample_stacks(2);

	(void)state;
	check_stack(space, "stack:20715", 0x7f83a8782000);
	check_stack(space, "stack:20716", 0x7f83a7f81000);
	check_stack(space, "stack:20717", 0x55b5f7d00e70); /* lodged in the heap */
	check_stack(space, "stack:20712", 0x7fff7725a000); /* the main thread's own */
	check_stack(space, "stack:20718", 0);
	check_stack(space, "stack:0", 0);
	address_space_destroy(space);
	space = sample_stacks(1);
	check_stack(space, "stack:20715", 0x7f83a8782000);
	address_space_destroy(space);
}

/* The thread's own stack comes before one for signals, whatever lies lower. */
static void own_stacks_come_before_others(void **state)
{
	const struct target target = maps_space_target();
	const struct vma vmas[] = {
		{.start = 0x1000, .end = 0x9000, .name = "[heap]", .kind = KIND_HEAP},
		{.start = 0x10000,
		 .end = 0x12000,
		 .name = "",
		 .kind = KIND_THREAD_STACK,
		 .tid = 7,
		 .alternate = true},
		{.start = 0x20000, .end = 0x22000, .name = "", .kind = KIND_THREAD_STACK, .tid = 8},
		{.start = 0x30000,
		 .end = 0x32000,
		 .name = "",
		 .kind = KIND_THREAD_STACK,
		 .tid = 8,
		 .alternate = true},
	};
	const struct lodged_stack lodged[] = {{0x2000, 5, true},
					      {0x3000, 5, false},
					      {0x4000, 6, true},
					      {0x5000, 6, true},
					      {0x6000, 8, false}};
	struct address_space *space;

	(void)state;
	assert_int_equal(address_space_create(&target, vmas, 4, 0, 0, &space), 0);
	assert_int_equal(address_space_set_stacks(space, NULL, 0, lodged, 5), 0);
	check_stack(space, "stack:5", 0x3000);
	check_stack(space, "stack:6", 0x5000);
	check_stack(space, "stack:7", 0x10000);
	check_stack(space, "stack:8", 0x20000);
	check_stack(space, "stack:9", 0);
	address_space_destroy(space);
}

/* Of more files than are told it is said that there are more. */
static void more_files_than_are_told(void **state)
{
	for (unsigned count = PLACE_MEANT_MAX - 1; count < PLACE_MEANT_MAX + 3; count++) {
		struct address_space *space;
		struct place_name name;
		struct text lines = {0};

		for (unsigned i = 0; i < count; i++)
			text_append_format(&lines, "%x-%x r--p 00000000 08:01 %u /%u/one.so\n",
					   0x10000 + i * 0x10000, 0x11000 + i * 0x10000, 10 + i, i);
		space = maps_space_create(NULL, text_string(&lines));
		place_name_find(space, "one", 3, &name);
		assert_int_equal(name.meant_count,
				 count < PLACE_MEANT_MAX ? count : PLACE_MEANT_MAX);
		assert_int_equal(name.meant_more, count > PLACE_MEANT_MAX);
		assert_int_equal(name.address, 0x10000);
		address_space_destroy(space);
		text_finish(&lines);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_go_by_path_name_stem_and_beginning),
		cmocka_unit_test(signs_in_names_belong_to_them),
		cmocka_unit_test(brackets_may_be_left_out),
		cmocka_unit_test(words_of_every_process_may_be_absent),
		cmocka_unit_test(the_break_without_a_heap),
		cmocka_unit_test(several_files_of_one_name_are_told),
		cmocka_unit_test(other_memory_is_the_heap_of_a_program_without_brk),
		cmocka_unit_test(the_heap_and_stacks_of_threads),
		cmocka_unit_test(kinds_are_names),
		cmocka_unit_test(words_are_listed_for_suggestions),
		cmocka_unit_test(stacks_are_found_by_their_thread),
		cmocka_unit_test(own_stacks_come_before_others),
		cmocka_unit_test(more_files_than_are_told),
	};

	return cmocka_run_group_tests_name("place_name", tests, NULL, NULL);
}
