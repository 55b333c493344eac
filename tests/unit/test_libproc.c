/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <stdbool.h>

#include "sampler/libproc.h"

/* Whether the library is mapped in this process. */
static bool is_loaded(void)
{
	FILE *file = fopen("/proc/self/maps", "r");
	char line[4096];
	bool found = false;

	while (fgets(line, sizeof(line), file))
		found = found || strstr(line, "libproc2");
	fclose(file);
	return found;
}

/* One that only draws a picture of a process does without. */
static void it_is_loaded_when_it_is_needed(void **state)
{
	struct libproc libproc, again;

	(void)state;
	assert_false(is_loaded());
	assert_int_equal(libproc_load(&libproc), 0);
	assert_true(is_loaded());
	assert_non_null(libproc.pids_new);
	assert_int_equal(libproc_load(&again), 0);
	assert_ptr_equal(again.pids_get, libproc.pids_get);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_loaded_when_it_is_needed),
	};

	return cmocka_run_group_tests_name("libproc", tests, NULL, NULL);
}
