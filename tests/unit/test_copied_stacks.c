/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>

#include "files/stack_unwinder.h"
#include "growth/copied_stacks.h"
#include "inside/unwind_sample.h"
#include "kernel/procfs_options.h"
#include "own_space.h"

static const struct procfs_options proc = {.root = "/proc"};

struct taken {
	unsigned count;
	uint64_t bytes, address;
	struct call_stack stack;
};

static void take(void *context, uint64_t address, uint64_t bytes, const struct call_stack *stack)
{
	struct taken *taken = context;

	taken->count++;
	taken->bytes += bytes;
	taken->address = address;
	taken->stack = *stack;
}

static struct fault_record sample_of(const unsigned char *registers, const unsigned char *stack,
				     size_t stack_size)
{
	return (struct fault_record){
		.type = FAULT_RECORD_SAMPLE,
		.address = 0x7000,
		.stack = {.frames = {0x1000, 0x2000},
			  .count = 2,
			  .source = CALL_STACK_FRAME_POINTERS},
		.registers = registers,
		.stack_copy = stack,
		.stack_size = stack_size,
	};
}

static void without_copies_the_chain_counts(void **state)
{
	const struct fault_record sample = sample_of(NULL, NULL, 0);
	struct copied_stacks copied;
	struct taken taken = {0};

	(void)state;
	copied_stacks_init(&copied);
	copied_stacks_add(&copied, &sample, 7, take, &taken);
	assert_int_equal(taken.count, 1);
	assert_int_equal(taken.bytes, 7);
	assert_int_equal(taken.address, 0x7000);
	assert_int_equal(taken.stack.count, 2);
	assert_int_equal(copied.chained, 1);
	copied_stacks_finish(&copied);
}

/*
 * Registers that lead nowhere: nothing is unwound, and the chain counts. More than there is room
 * for go by their chains at once.
 */
static void no_sample_is_lost(void **state)
{
	static const unsigned char registers[(UNWIND_REGISTER_COUNT + 1) * 8], stack[64];
	const struct fault_record sample = sample_of(registers, stack, sizeof(stack));
	struct stack_unwinder *unwinder = stack_unwinder_create(&proc);
	struct address_space *space = own_space_read();
	struct copied_stacks copied;
	struct taken taken = {0};

	(void)state;
	copied_stacks_init(&copied);
	for (int i = 0; i < 300; i++)
		copied_stacks_add(&copied, &sample, 1, take, &taken);
	assert_true(taken.count < 300);
	assert_true(copied_stacks_are_many(&copied));
	copied_stacks_unwind(&copied, unwinder, space, take, &taken);
	assert_int_equal(taken.count, 300);
	assert_int_equal(taken.bytes, 300);
	assert_int_equal(taken.stack.frames[0], 0x1000);
	copied_stacks_unwind(&copied, unwinder, space, take, &taken); /* nothing is left */
	assert_int_equal(taken.count, 300);
	assert_false(copied_stacks_are_many(&copied));
	/* Of another program: forgotten. */
	copied_stacks_add(&copied, &sample, 1, take, &taken);
	copied_stacks_forget(&copied);
	copied_stacks_unwind(&copied, unwinder, space, take, &taken);
	assert_int_equal(taken.count, 300);
	copied_stacks_finish(&copied);
	stack_unwinder_destroy(unwinder);
	address_space_destroy(space);
}

/* Copies end for a while when nothing needed to be unwound, and begin again. */
static void copies_are_made_as_long_as_they_help(void **state)
{
	struct copied_stacks copied;

	(void)state;
	copied_stacks_init(&copied);
	if (!copied_stacks_are_wanted(&copied, 1)) {
		print_message("stacks are not unwound on this machine\n");
		copied_stacks_finish(&copied);
		skip();
	}
	copied.chained = 1000;
	copied.unwound = 100;
	assert_true(copied_stacks_are_wanted(&copied, 1));
	copied.chained = 2000;
	assert_false(copied_stacks_are_wanted(&copied, 2));
	assert_false(copied_stacks_are_wanted(&copied, 3));
	assert_true(copied_stacks_are_wanted(&copied, INT64_C(3600000000000)));
	copied.error = -ELIBACC;
	assert_false(copied_stacks_are_wanted(&copied, INT64_C(3600000000000)));
	copied_stacks_finish(&copied);
}

/* Two hundred samples make a judgement: of a hundred at most one may have needed to be unwound. */
static void copies_are_judged_by_what_needed_them(void **state)
{
	static const struct {
		uint64_t chained, unwound, judged, judged_unwound;
		int64_t again, now;
		bool wanted;
		uint64_t after, after_unwound;
		int64_t again_after;
	} cases[] = {
		{150, 49, 0, 0, 0, 7, true, 0, 0, 0},
		{198, 2, 0, 0, 0, 7, false, 200, 2, INT64_C(30000000007)},
		{197, 3, 0, 0, 0, 7, true, 200, 3, 0},
		{298, 12, 110, 10, 0, 7, false, 310, 12, INT64_C(30000000007)},
		{298, 12, 111, 9, 0, 7, true, 111, 9, 0},
		{500, 0, 200, 0, 100, 99, false, 200, 0, 100},
		{500, 0, 200, 0, 100, 100, true, 500, 0, 0},
	};
	const int never[] = {-ELIBACC, -EOPNOTSUPP};

	(void)state;
	if (!UNWIND_REGISTER_COUNT)
		skip();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct copied_stacks copied = {.chained = cases[i].chained,
					       .unwound = cases[i].unwound,
					       .judged = cases[i].judged,
					       .judged_unwound = cases[i].judged_unwound,
					       .again_ns = cases[i].again};

		assert_int_equal(copied_stacks_are_wanted(&copied, cases[i].now), cases[i].wanted);
		assert_int_equal(copied.judged, cases[i].after);
		assert_int_equal(copied.judged_unwound, cases[i].after_unwound);
		assert_int_equal(copied.again_ns, cases[i].again_after);
	}
	for (size_t i = 0; i < 2; i++) {
		struct copied_stacks copied = {.error = never[i]};

		assert_false(copied_stacks_are_wanted(&copied, 7));
		copied.error = -EIO;
		assert_true(copied_stacks_are_wanted(&copied, 7));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_copies_the_chain_counts),
		cmocka_unit_test(no_sample_is_lost),
		cmocka_unit_test(copies_are_made_as_long_as_they_help),
		cmocka_unit_test(copies_are_judged_by_what_needed_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
