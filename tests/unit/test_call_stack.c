/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/call_stack.h"

static void takes_frames_up_to_its_bound(void **state)
{
	struct call_stack stack;

	(void)state;
	memset(&stack, 0x5a, sizeof(stack));
	call_stack_clear(&stack);
	assert_int_equal(stack.count, 0);
	assert_int_equal(stack.source, CALL_STACK_ADDRESS);
	for (uint64_t i = 0; i < CALL_STACK_FRAMES_MAX; i++)
		assert_true(call_stack_append(&stack, 0x1000 + i));
	assert_false(call_stack_append(&stack, 0x9999));
	assert_int_equal(stack.count, CALL_STACK_FRAMES_MAX);
	assert_int_equal(stack.frames[CALL_STACK_FRAMES_MAX - 1],
			 0x1000 + CALL_STACK_FRAMES_MAX - 1);
}

/* A call that never returns may be the last instruction of its function. */
static void a_caller_is_looked_up_at_its_call(void **state)
{
	struct call_stack stack = {.frames = {0x1000, 0x2000, 0}, .count = 3};

	(void)state;
	assert_int_equal(call_stack_lookup_address(&stack, 0), 0x1000);
	assert_int_equal(call_stack_lookup_address(&stack, 1), 0x1fff);
	assert_int_equal(call_stack_lookup_address(&stack, 2), 0);
}

static void equal_stacks_have_frames_and_source_in_common(void **state)
{
	struct call_stack a = {.frames = {1, 2, 3}, .count = 2},
			  b = {.frames = {1, 2, 4}, .count = 2};

	(void)state;
	assert_true(call_stack_equal(&a, &b));
	b.frames[1] = 3;
	assert_false(call_stack_equal(&a, &b));
	b = a;
	b.count = 3;
	assert_false(call_stack_equal(&a, &b));
	b = a;
	b.source = CALL_STACK_UNWOUND;
	assert_false(call_stack_equal(&a, &b));
}

static void every_source_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(call_stack_source_name(CALL_STACK_FRAME_POINTERS), "frame-pointers");
	assert_string_equal(call_stack_source_name(CALL_STACK_UNWOUND), "unwound");
	assert_string_equal(call_stack_source_name(CALL_STACK_ADDRESS), "address");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_frames_up_to_its_bound),
		cmocka_unit_test(a_caller_is_looked_up_at_its_call),
		cmocka_unit_test(equal_stacks_have_frames_and_source_in_common),
		cmocka_unit_test(every_source_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
