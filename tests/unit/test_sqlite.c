/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "record/sqlite.h"

static bool is_loaded(void)
{
	FILE *file = fopen("/proc/self/maps", "r");
	char line[4096];
	bool found = false;

	while (fgets(line, sizeof(line), file))
		found = found || strstr(line, "libsqlite3");
	fclose(file);
	return found;
}

/* One that records nothing does without. */
static void it_is_loaded_when_it_is_needed(void **state)
{
	struct sqlite sqlite = {0};
	size_t count;
	int error;

	(void)state;
	assert_false(is_loaded());
	error = sqlite_load(&sqlite);
	if (error) {
		assert_int_equal(error, -ELIBACC);
		skip();
	}
	assert_true(is_loaded());
	assert_non_null(sqlite.step);
	assert_non_null(sqlite_strict_limits(&count));
	assert_true(count > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_loaded_when_it_is_needed),
	};

	return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
