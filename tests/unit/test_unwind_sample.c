/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/unwind_sample.h"

static void only_the_copy_is_read(void **state)
{
	uint64_t registers[UNWIND_REGISTER_COUNT + 1] = {0}, word = 7;
	const uint64_t stack[] = {0x1111, 0x2222, 0x3333};
	const struct unwind_sample sample = {(const unsigned char *)registers,
					     (const unsigned char *)stack, sizeof(stack)};

	(void)state;
	if (!UNWIND_REGISTER_COUNT)
		skip(); /* a machine whose stacks are not unwound */
	registers[UNWIND_STACK_POINTER] = 0x7000;
	registers[UNWIND_PROGRAM_COUNTER] = 0x1234;
	assert_int_equal(unwind_sample_register(&sample, UNWIND_PROGRAM_COUNTER), 0x1234);
	assert_int_equal(unwind_sample_read(&sample, 0x7000, &word), 0);
	assert_int_equal(word, 0x1111);
	assert_int_equal(unwind_sample_read(&sample, 0x7010, &word), 0);
	assert_int_equal(word, 0x3333);
	assert_int_equal(unwind_sample_read(&sample, 0x6fff, &word), -EFAULT);
	assert_int_equal(unwind_sample_read(&sample, 0x7011, &word), -EFAULT);
	assert_int_equal(unwind_sample_read(&sample, 0x7018, &word), -EFAULT);
	assert_int_equal(unwind_sample_read(&sample, UINT64_MAX, &word), -EFAULT);
	assert_int_equal(word, 0x3333);
}

static void a_stack_at_the_end_of_memory_has_an_end(void **state)
{
	uint64_t registers[UNWIND_REGISTER_COUNT + 1] = {0}, word = 0;
	const uint64_t stack[] = {5, 6};
	struct unwind_sample sample = {(const unsigned char *)registers,
				       (const unsigned char *)stack, sizeof(stack)};

	(void)state;
	if (!UNWIND_REGISTER_COUNT)
		skip();
	registers[UNWIND_STACK_POINTER] = UINT64_MAX - 7;
	assert_int_equal(unwind_sample_read(&sample, UINT64_MAX - 7, &word), 0);
	assert_int_equal(word, 5);
	assert_int_equal(unwind_sample_read(&sample, 0, &word), -EFAULT);
	sample.stack_size = 4;
	assert_int_equal(unwind_sample_read(&sample, UINT64_MAX - 7, &word), -EFAULT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_copy_is_read),
		cmocka_unit_test(a_stack_at_the_end_of_memory_has_an_end),
	};

	return cmocka_run_group_tests_name("unwind_sample", tests, NULL, NULL);
}
