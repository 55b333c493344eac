/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How it continues behind code of no file, which has neither tables nor a frame pointer. */

#include "config.h"

#if defined(HAVE_LIBDW) && defined(__x86_64__)
#include <elfutils/version.h>
#endif

#if defined(HAVE_LIBDW) && defined(__x86_64__) && _ELFUTILS_PREREQ(0, 188)
#include "frame_script.h"

#define LOST UINT64_C(0x900000) /* code of no file */
#define NEXT (FAKE_CODE + 0x1000)
#define LAST (FAKE_CODE + 0x2000)
#define LOSE "walk from 400000\n"

/* The frames before, of which the last is lost; where it may return to; and a walk in vain. */
static struct fake_frame before[] = {{.pc = FAKE_CODE}, {.pc = LOST, .stack_pointer = SP + 16}};
static const struct fake_frame behind[] = {{.pc = NEXT}, {.pc = NEXT + 0x10}};
static const struct fake_frame vain[] = {{.pc = LAST}};
static const struct fake_walk walks[] = {{before, 2}, {behind, 2}, {vain, 1}, {NULL, 0}};
static const uint64_t crossed[] = {FAKE_CODE, LOST, NEXT, NEXT + 0x10};

static void set_lost(void)
{
	before[0] = (struct fake_frame){.pc = FAKE_CODE};
	before[1] = (struct fake_frame){.pc = LOST, .stack_pointer = SP + 16};
	registers[UNWIND_PROGRAM_COUNTER] = FAKE_CODE;
	fake_dwfl.walks = walks;
	memset(stack, 0, sizeof(stack));
}

/* By one of four words from the stack pointer on. */
static void lost_frames_return_to_code_of_a_file(void **state)
{
	(void)state;
	for (size_t at = 1; at <= 6; at++) {
		set_lost();
		stack[at] = NEXT;
		assert_frames(crossed, at >= 2 && at <= 5 ? 4 : 2);
		call_log_expect(at >= 2 && at <= 5 ? LOSE "walk from 401000\n" : LOSE);
	}
	/* The copy ends. */
	set_lost();
	before[1].stack_pointer = SP + 120;
	stack[15] = NEXT;
	assert_frames(crossed, 4);
	before[1].stack_pointer = SP + 128;
	assert_frames(crossed, 2);
}

static void a_lost_frame_s_caller_has_its_registers(void **state)
{
	/* What the frame does not tell is 0. */
	static const uint64_t expected[] = {500, 501, 502, 503, 504, 505, 506, SP + 32, 0,
					    0,   0,   0,   0,   0,   0,   0,   NEXT};

	(void)state;
	set_lost();
	stack[3] = NEXT;
	assert_frames(crossed, 4);
	assert_int_equal(fake_dwfl.pc, NEXT);
	assert_memory_equal(fake_dwfl.registers, expected, sizeof(expected));
}

/* One frame alone is none: any word may look like it. */
static void a_way_of_one_frame_is_none(void **state)
{
	(void)state;
	set_lost();
	stack[2] = LAST;
	stack[3] = NEXT;
	assert_frames(crossed, 4);
	call_log_expect(LOSE "walk from 402000\nwalk from 401000\n");
	stack[3] = 0;
	assert_frames(crossed, 2);
	call_log_expect(LOSE "walk from 402000\n");
	/* Nor is there a way from what only looked lost. */
	set_lost();
	stack[2] = NEXT;
	before[1].no_stack_pointer = true;
	assert_frames(crossed, 2);
	set_lost();
	stack[2] = NEXT;
	before[0].pc = LOST;
	before[1].pc = FAKE_CODE;
	registers[UNWIND_PROGRAM_COUNTER] = LOST;
	assert_frames((uint64_t[]){LOST, FAKE_CODE}, 2);
	call_log_expect("walk from 900000\n");
}

static void a_stack_may_be_lost_again(void **state)
{
	static const struct fake_frame lost[] = {{.pc = LOST, .stack_pointer = SP}};
	static const struct fake_frame again[] = {{.pc = LAST},
						  {.pc = LOST + 1, .stack_pointer = SP + 64}};
	static const struct fake_walk all[] = {{lost, 1}, {again, 2}, {behind, 2}, {NULL, 0}};
	static const uint64_t expected[] = {LOST, LAST, LOST + 1, NEXT, NEXT + 0x10};

	(void)state;
	registers[UNWIND_PROGRAM_COUNTER] = LOST;
	fake_dwfl.walks = all;
	stack[0] = LAST;
	stack[8] = NEXT;
	assert_frames(expected, 5);
	call_log_expect("walk from 900000\nwalk from 402000\nwalk from 401000\n");
}

/* Without room for two frames it is not gone there. */
static void ways_end_where_there_is_no_room(void **state)
{
	(void)state;
	for (size_t count = CALL_STACK_FRAMES_MAX - 2; count <= CALL_STACK_FRAMES_MAX; count++) {
		const struct fake_walk all[] = {{many, count}, {behind, 2}, {NULL, 0}};
		const bool is_room = count == CALL_STACK_FRAMES_MAX - 2;

		make_many();
		many[count - 1] = (struct fake_frame){.pc = LOST, .stack_pointer = SP};
		many_expected[count - 1] = LOST;
		if (is_room) {
			many_expected[count] = NEXT;
			many_expected[count + 1] = NEXT + 0x10;
		}
		registers[UNWIND_PROGRAM_COUNTER] = FAKE_CODE;
		fake_dwfl.walks = all;
		stack[0] = NEXT;
		assert_frames(many_expected, is_room ? count + 2 : count);
		call_log_expect(count < CALL_STACK_FRAMES_MAX ? LOSE "walk from 401000\n" : LOSE);
	}
}
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_open, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lost_frames_return_to_code_of_a_file),
		TEST(a_lost_frame_s_caller_has_its_registers),
		TEST(a_way_of_one_frame_is_none),
		TEST(a_stack_may_be_lost_again),
		TEST(ways_end_where_there_is_no_room),
	};

	return cmocka_run_group_tests_name("frame_unwinder_lost", tests, NULL, NULL);
}
#else
#include <stdio.h>

int main(void)
{
	puts("1..0 # SKIP without a libdw that tells registers, or for another kind of machine");
	return 0;
}
#endif
