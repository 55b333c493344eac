/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/libdw.h"

static void every_function_is_found(void **state)
{
	struct libdw libdw;
	int error = libdw_load(&libdw);

	(void)state;
	if (error) {
		/* Built without it, or not installed here. */
		assert_int_equal(error, -ELIBACC);
		skip();
	}
#ifdef HAVE_LIBDW
	for (size_t i = 0; i < sizeof(libdw) / sizeof(void *); i++)
		assert_non_null(((void **)&libdw)[i]);
	assert_int_not_equal(libdw.elf_version(EV_CURRENT), EV_NONE);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_function_is_found),
	};

	return cmocka_run_group_tests_name("libdw", tests, NULL, NULL);
}
