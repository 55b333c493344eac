/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
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
	static const int expected[] = {4194304, 100000, 100, 10, 3, 25000, 8, 0, 50, 10, 1, 0};
	void *functions[sizeof(struct sqlite) / sizeof(void *)];
	struct sqlite sqlite = {0};
	const int *limits;
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
	/* Each function is one of the library, and another one. */
	memcpy(functions, &sqlite, sizeof(functions));
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		Dl_info info;

		assert_int_not_equal(dladdr(functions[i], &info), 0);
		assert_non_null(strstr(info.dli_fname, "sqlite3"));
		for (size_t at = 0; at < i; at++)
			assert_ptr_not_equal(functions[at], functions[i]);
	}
	limits = sqlite_strict_limits(&count);
	assert_int_equal(count, sizeof(expected) / sizeof(expected[0]));
	assert_memory_equal(limits, expected, sizeof(expected));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_loaded_when_it_is_needed),
	};

	return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
