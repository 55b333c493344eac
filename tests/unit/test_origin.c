/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "app/core_file.h"
#include "app/options.h"
#include "app/origin.h"
#include "base/text.h"
#include "model/address_space.h"
#include "support/sample.h"

static void says_where_and_when(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct text text = {0};
	struct utsname system;

	(void)state;
	assert_int_equal(uname(&system), 0);
	setenv("TZ", "UTC", 1);
	origin_append(&text, &options, getpid(), INT64_C(1796000000) * 1000000000);
	assert_non_null(strstr(text_string(&text), system.nodename));
	assert_non_null(strstr(text_string(&text), "  2026-11-30 00:53:20 +0000  Linux "));
	assert_non_null(strstr(text_string(&text), system.release));
	text_finish(&text);
}

static void a_recorded_tree_was_taken_elsewhere(void **state)
{
	char root[] = "/tmp/vastop-origin-XXXXXX";
	struct options options = {.procfs = root};
	struct text text = {0};

	(void)state;
	assert_non_null(mkdtemp(root));
	origin_append(&text, &options, 1, 0);
	assert_string_equal(text_string(&text), "");
	assert_int_equal(rmdir(root), 0);
	text_finish(&text);
}

static void a_core_file_says_what_it_is(void **state)
{
	struct core_file file = {.path = "/tmp/co\nre",
				 .time_ns = INT64_C(1796000000) * 1000000000,
				 .space = sample_python()};
	const struct options options = {.procfs = "/tmp/core", .core_file = &file};
	struct text text = {0}, expected = {0};

	(void)state;
	core_file_append_origin(&expected, &file);
	assert_non_null(strstr(text_string(&expected), "  /tmp/co\\nre  2026-11-30 00:53:20"));
	origin_append(&text, &options, 1, 0);
	assert_string_equal(text_string(&text), text_string(&expected));
	text_finish(&text);
	text_finish(&expected);
	address_space_destroy(file.space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_where_and_when),
		cmocka_unit_test(a_recorded_tree_was_taken_elsewhere),
		cmocka_unit_test(a_core_file_says_what_it_is),
	};

	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}
