/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "procfs/syscall_parser.h"

static uint64_t parse(const char *text, int *ret_error)
{
	uint64_t stack_pointer = 0;

	*ret_error = syscall_parse(text, strlen(text), &stack_pointer);
	return stack_pointer;
}

static void finds_the_stack_pointer(void **state)
{
	int error;

	(void)state;
	assert_true(parse("230 0x1 0x1 0x7f2695678ab0 0x0 0x0 0x7f269634e6e8 0x7f2695678a70 "
			  "0x7f2695ced545\n",
			  &error) == 0x7f2695678a70);
	assert_int_equal(error, 0);
	assert_true(parse("-1 0xffffffffff000000 0x7f2695ced545", &error) == 0xffffffffff000000);
	assert_int_equal(error, 0);
}

static void a_running_thread_tells_nothing(void **state)
{
	int error;

	(void)state;
	assert_int_equal(parse("running\n", &error), 0);
	assert_int_equal(error, -EAGAIN);
}

static void refuses_other_text(void **state)
{
	static const char *const texts[] = {
		"",       "\n",          "-1",     "-1 0x1",     "0x1 0x2",
		" 0x",    "-1 0x1 0x2 ", "-1 1 2", "-1 0xg 0x1", "-1 0x11111111111111111 0x1",
		"runnin",
	};
	int error;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(parse(texts[i], &error), 0);
		assert_int_equal(error, -EBADMSG);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_stack_pointer),
		cmocka_unit_test(a_running_thread_tells_nothing),
		cmocka_unit_test(refuses_other_text),
	};

	return cmocka_run_group_tests_name("syscall_parser", tests, NULL, NULL);
}
