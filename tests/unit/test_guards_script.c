/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guards_script.h"

/* Which ranges are walked, for how long, and what is kept of the replies. */

/* What is in reach of a stack: 64 MiB about it, in pieces of 32. */
static void what_is_in_reach_is_walked_in_pieces(void **state)
{
	(void)state;
	read_one(vma_of(0x10000000, 256 * MIB), stack_at(7, 0x18000123));
	call_log_expect("open pagemap\nscan 14000000 to 16000000\nscan 16000000 to 18000000\n"
			"scan 18000000 to 1a000000\nscan 1a000000 to 1c000000\n"
			"scan 1c000000 to 1c000123\n");
	assert_int_equal(fcntl(script.pagemap, F_GETFD), -1);
	/* At its ends no more than there is. */
	read_one(vma_of(0x10000000, 128 * MIB), stack_at(7, 0x14000000));
	call_log_expect("open pagemap\nscan 10000000 to 12000000\nscan 12000000 to 14000000\n"
			"scan 14000000 to 16000000\nscan 16000000 to 18000000\n");
	guards_finish(&guards);
	read_one(vma_of(0x10000000, 128 * MIB), stack_at(7, 0x14001001));
	assert_non_null(strstr(call_log.text, "open pagemap\nscan 10001000 to 12001000\n"));
}

/* Stacks that reach the same are one walk; others are another. */
static void near_stacks_are_one_walk(void **state)
{
	struct vma vma = vma_of(0x100000000, 1024 * MIB);
	const struct thread_stack_pointer stacks[] = {
		stack_at(7, 0x118000000), stack_at(8, 0x110000000), stack_at(9, 0x130000000)};

	(void)state;
	guards_read(&guards, 70, &vma, 1, stacks, 3, false);
	call_log_expect("open pagemap\n"
			"scan 10c000000 to 10e000000\nscan 10e000000 to 110000000\n"
			"scan 110000000 to 112000000\nscan 112000000 to 114000000\n"
			"scan 114000000 to 116000000\nscan 116000000 to 118000000\n"
			"scan 118000000 to 11a000000\nscan 11a000000 to 11c000000\n"
			"scan 12c000000 to 12e000000\nscan 12e000000 to 130000000\n"
			"scan 130000000 to 132000000\nscan 132000000 to 134000000\n");
}

/* Guards that touch are one, in a mapping; in two mappings they are two. */
static void touching_guards_are_one(void **state)
{
	struct vma vmas[] = {vma_of(0x10000, 0x10000), vma_of(0x20000, 0x10000)};
	const struct thread_stack_pointer stacks[] = {stack_at(7, 0x18000), stack_at(8, 0x28000)};

	(void)state;
	script.guard = 0x1f000;
	script.guard_end = 0x20000;
	script.stops_early = true;
	read_one(vmas[0], stacks[0]);
	call_log_expect("open pagemap\nscan 10000 to 20000\nscan 18000 to 20000\n");
	assert_int_equal(guards.count, 1);
	assert_int_equal(guards.ranges[0].start, 0x1f000);
	assert_int_equal(guards.ranges[0].end, 0x20000);
	guards_finish(&guards);
	script.guard = 0x17fff;
	script.guard_end = 0x18000;
	script.stops_early = true;
	guards_read(&guards, 70, vmas, 2, stacks, 2, false);
	assert_int_equal(guards.count, 1);
	/* One that is reported in two pieces. */
	guards_finish(&guards);
	vmas[0].end = vmas[0].start + 64 * MIB;
	script.guard = vmas[0].start + 32 * MIB - 4096;
	script.guard_end = script.guard + 8192;
	read_one(vmas[0], stacks[0]);
	assert_int_equal(guards.count, 1);
	assert_int_equal(guards.ranges[0].start, script.guard);
	assert_int_equal(guards.ranges[0].end, script.guard_end);
	/* One that reaches into the next mapping. */
	guards_finish(&guards);
	vmas[0].end = vmas[1].start;
	script.guard = vmas[1].start - 4096;
	script.guard_end = vmas[1].start + 8192;
	guards_read(&guards, 70, vmas, 2, stacks, 2, false);
	assert_int_equal(guards.count, 2);
	assert_int_equal(guards.ranges[0].end, vmas[1].start);
	assert_int_equal(guards.ranges[1].start, vmas[1].start);
}

/* The answer is good for ten samples, as long as the mapping and its threads stay. */
static void an_answer_is_good_for_ten_samples(void **state)
{
	const struct vma vma = vma_of(0x10000, 0x10000);
	struct thread_stack_pointer stack = stack_at(7, 0x18000);

	(void)state;
	script.guard = 0x11000;
	script.guard_end = 0x12000;
	for (int round = 0; round < 2; round++) {
		read_one(vma, stack);
		call_log_expect("open pagemap\nscan 10000 to 20000\n");
		for (int i = 0; i < 10; i++) {
			read_one(vma, stack);
			call_log_expect("open pagemap\n");
			assert_int_equal(guards.count, 1);
			assert_int_equal(guards.ranges[0].start, 0x11000);
		}
	}
	stack.own_on_top = true;
	read_one(vma, stack);
	call_log_expect("open pagemap\nscan 10000 to 20000\n");
	stack.own++; /* the top of it is another */
	read_one(vma, stack);
	call_log_expect("open pagemap\nscan 10000 to 20000\n");
	stack.own_on_top = false;
	read_one(vma, stack);
	stack.own++; /* but where in it a thread is does not matter */
	call_log_clear();
	read_one(vma, stack);
	call_log_expect("open pagemap\n");
	read_one(vma_of(0xf000, 0x11000), stack);
	call_log_expect("open pagemap\nscan f000 to 20000\n");
	read_one(vma_of(0xf000, 0x12000), stack);
	call_log_expect("open pagemap\nscan f000 to 21000\n");
	stack.tid = 8;
	read_one(vma_of(0xf000, 0x12000), stack);
	call_log_expect("open pagemap\nscan f000 to 21000\n");
}

/* Of all threads in the mapping. */
static void each_thread_counts(void **state)
{
	const struct vma vma = vma_of(0x10000, 0x10000);
	struct thread_stack_pointer stacks[] = {stack_at(7, 0x18000), stack_at(8, 0x19000),
						stack_at(9, 0x1a000)};

	(void)state;
	guards_read(&guards, 70, &vma, 1, stacks, 3, false);
	call_log_expect("open pagemap\nscan 10000 to 20000\n");
	guards_read(&guards, 70, &vma, 1, stacks, 3, false);
	call_log_expect("open pagemap\n");
	for (size_t i = 0; i < 3; i++) {
		stacks[i].tid += 10;
		guards_read(&guards, 70, &vma, 1, stacks, 3, false);
		call_log_expect("open pagemap\nscan 10000 to 20000\n");
	}
	guards_read(&guards, 70, &vma, 1, stacks, 2, false);
	call_log_expect("open pagemap\nscan 10000 to 20000\n");
}

/* After two milliseconds of work, and 40 pieces, only what was told before is taken. */
static void late_looks_take_what_was_told(void **state)
{
	struct vma vmas[] = {vma_of(0x100000000, 39 * 32 * MIB), vma_of(0x200000000, 32 * MIB),
			     vma_of(0x300000000, 32 * MIB)};
	struct thread_stack_pointer stacks[64];
	size_t count = 0;

	(void)state;
	for (uint64_t at = 0; at < 39; at += 2)
		stacks[count++] = stack_at(7, vmas[0].start + at * 32 * MIB);
	stacks[count++] = stack_at(8, vmas[1].start);
	stacks[count++] = stack_at(9, vmas[2].start);
	script.cpu_takes = 2000001;
	guards_read(&guards, 70, vmas, 3, stacks, count, false);
	assert_non_null(strstr(call_log.text, "scan 200000000 to"));
	assert_null(strstr(call_log.text, "scan 300000000 to"));
	assert_int_equal(guards.known_count, 2);
	/* Until then it is not late. */
	guards_finish(&guards);
	script.cpu_takes = 1000000;
	call_log_clear();
	guards_read(&guards, 70, vmas, 3, stacks, count, false);
	assert_int_equal(guards.known_count, 3);
	/* What is late is taken however old it is. */
	for (int i = 0; i < 10; i++)
		guards_read(&guards, 70, vmas, 3, stacks, count, false);
	script.cpu_takes = 2000001;
	call_log_clear();
	guards_read(&guards, 70, vmas, 3, stacks, count, false);
	assert_non_null(strstr(call_log.text, "scan 200000000 to"));
	assert_null(strstr(call_log.text, "scan 300000000 to"));
	assert_int_equal(guards.known_count, 3);
}

/* Behind a walk that took long the process has a pause; behind the last there is no reason. */
static void long_walks_are_followed_by_a_pause(void **state)
{
	(void)state;
	script.takes = 50000;
	read_one(vma_of(0x10000000, 64 * MIB), stack_at(7, 0x10000000));
	call_log_expect("open pagemap\nscan 10000000 to 12000000\nscan 12000000 to 14000000\n");
	script.takes = 50001;
	read_one(vma_of(0x10000000, 65 * MIB), stack_at(7, 0x10000000));
	call_log_expect("open pagemap\nscan 10000000 to 12000000\nsleep 0 s 200000 ns\n"
			"scan 12000000 to 14000000\n");
}

/* 1280 pieces of a mapping are enough: nothing is known of it then. */
static void a_mapping_has_only_so_many_pieces(void **state)
{
	static struct thread_stack_pointer stacks[640];
	struct vma vma = vma_of(UINT64_C(1) << 40, 1280 * 32 * MIB);

	(void)state;
	for (uint64_t i = 0; i < 640; i++)
		stacks[i] = stack_at(7, vma.start + (2 * i + 1) * 32 * MIB);
	script.guard = vma.start + 4096;
	script.guard_end = script.guard + 4096;
	for (int more = 0; more < 2; more++) {
		vma.end += (uint64_t)more * 4096;
		guards_read(&guards, 70, &vma, 1, stacks, 640, false);
		assert_int_equal(guards.count, !more);
		assert_int_equal(guards.known_count, !more);
		call_log_clear();
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_in_reach_is_walked_in_pieces),
		TEST(near_stacks_are_one_walk),
		TEST(touching_guards_are_one),
		TEST(an_answer_is_good_for_ten_samples),
		TEST(each_thread_counts),
		TEST(late_looks_take_what_was_told),
		TEST(long_walks_are_followed_by_a_pause),
		TEST(a_mapping_has_only_so_many_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
