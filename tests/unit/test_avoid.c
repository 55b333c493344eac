/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "kernel/avoid.h"

static void reads_names_between_commas(void **state)
{
	const char *unknown = NULL;
	unsigned avoid = 99;

	(void)state;
	assert_int_equal(avoid_parse("procmap-query", &avoid, &unknown), 0);
	assert_int_equal(avoid, AVOID_PROCMAP_QUERY);
	assert_int_equal(avoid_parse("pidfd", &avoid, &unknown), 0);
	assert_int_equal(avoid, AVOID_PIDFD);
	assert_int_equal(avoid_parse("pidfd,procmap-query,pidfd", &avoid, &unknown), 0);
	assert_int_equal(avoid, AVOID_PIDFD | AVOID_PROCMAP_QUERY);
	assert_int_equal(avoid_parse("pagemap-scan", &avoid, &unknown), 0);
	assert_int_equal(avoid, AVOID_PAGEMAP_SCAN);
	assert_int_equal(avoid_parse("pagemap-scan,pagemap", &avoid, &unknown), 0);
	assert_int_equal(avoid, AVOID_PAGEMAP_SCAN | AVOID_PAGEMAP);
	assert_null(unknown);
}

static void says_which_name_is_unknown(void **state)
{
	static const struct {
		const char *names, *unknown;
	} cases[] = {
		{"", ""},
		{"pidf", "pidf"},
		{"pidfds", "pidfds"},
		{"PIDFD", "PIDFD"},
		{"pidfd,", ""},
		{",pidfd", ",pidfd"},
		{"pidfd,,procmap-query", ",procmap-query"},
		{"pidfd, procmap-query", " procmap-query"},
		{"procmap-query,smaps,pidfd", "smaps,pidfd"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *unknown = NULL;
		unsigned avoid = 99;

		assert_int_equal(avoid_parse(cases[i].names, &avoid, &unknown), -EINVAL);
		assert_string_equal(unknown, cases[i].unknown);
		assert_int_equal(avoid, 99);
	}
}

static void every_name_that_is_listed_is_known(void **state)
{
	const char *unknown;
	unsigned avoid, all = 0;
	size_t count = 0;

	(void)state;
	for (const char *name; (name = avoid_name(count)); count++) {
		assert_int_equal(avoid_parse(name, &avoid, &unknown), 0);
		assert_int_equal(all & avoid, 0);
		all |= avoid;
	}
	assert_int_equal(all,
			 AVOID_PROCMAP_QUERY | AVOID_PIDFD | AVOID_PAGEMAP_SCAN | AVOID_PAGEMAP);
	assert_null(avoid_name(SIZE_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_names_between_commas),
		cmocka_unit_test(says_which_name_is_unknown),
		cmocka_unit_test(every_name_that_is_listed_is_known),
	};

	return cmocka_run_group_tests_name("avoid", tests, NULL, NULL);
}
