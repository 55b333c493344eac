/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/frame_trust.h"
#include "model/call_stack.h"

static struct call_stack stack_of(uint64_t first, uint32_t count)
{
	struct call_stack stack = {.count = count};

	for (uint32_t i = 0; i < count; i++)
		stack.frames[i] = first + i;
	return stack;
}

static void chains_that_agree_are_trusted(void **state)
{
	struct frame_trust trust = {0};
	struct call_stack chain = stack_of(0x1000, 6), unwound = stack_of(0x1000, 4);

	(void)state;
	assert_false(frame_trust_has(&trust, 0x1000));
	for (int i = 0; i < 4; i++) {
		assert_false(frame_trust_has(&trust, 0x1000));
		assert_true(frame_trust_learn(&trust, &chain, &unwound));
	}
	assert_true(frame_trust_has(&trust, 0x1000));
	assert_false(frame_trust_has(&trust, 0x1001));
	unwound.frames[2]++; /* a caller that the chain does not have */
	assert_false(frame_trust_learn(&trust, &chain, &unwound));
	assert_false(frame_trust_has(&trust, 0x1000));
}

/* Unwinding that found no caller says nothing, and a chain that is shorter misses some. */
static void too_little_is_no_agreement(void **state)
{
	struct frame_trust trust = {0};
	struct call_stack chain = stack_of(0x1000, 2), unwound = stack_of(0x1000, 1);

	(void)state;
	assert_false(frame_trust_learn(&trust, &chain, &unwound));
	unwound = stack_of(0x1000, 3);
	assert_false(frame_trust_learn(&trust, &chain, &unwound));
}

static void the_newer_one_has_the_slot(void **state)
{
	struct frame_trust trust = {0};
	struct call_stack stack;
	unsigned trusted = 0;

	(void)state;
	for (uint64_t i = 1; i <= 100 * FRAME_TRUST_SLOTS; i++) {
		stack = stack_of(i * 16, 3);
		for (int j = 0; j < 4; j++)
			frame_trust_learn(&trust, &stack, &stack);
		assert_true(frame_trust_has(&trust, i * 16));
	}
	for (uint64_t i = 1; i <= 100 * FRAME_TRUST_SLOTS; i++)
		trusted += frame_trust_has(&trust, i * 16);
	assert_true(trusted <= FRAME_TRUST_SLOTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chains_that_agree_are_trusted),
		cmocka_unit_test(too_little_is_no_agreement),
		cmocka_unit_test(the_newer_one_has_the_slot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
