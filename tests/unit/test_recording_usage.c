/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/residency.h"
#include "model/usage.h"
#include "record/recording_usage.h"
#include "recording_row.h"

static void usage_comes_back(void **state)
{
	struct recording_usage usage = {.start = 0x1000, .usage = usage_unknown()}, back;
	static const char *const wrong[] = {"UPDATE t SET o='rdwr'",  "UPDATE t SET o='rd,'",
					    "UPDATE t SET o='zz'",    "UPDATE t SET o='rd w'",
					    "UPDATE t SET o=7",       "UPDATE t SET a=NULL",
					    "UPDATE t SET a='x'",     "UPDATE t SET b='x'",
					    "UPDATE t SET n=x'6100'", "UPDATE t SET p='x'"};
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (int i = 0; i < 2; i++) {
		recording_usage_bind(row.put, 1, &usage);
		turn(&row);
		assert_true(recording_usage_read(row.get, 0, &back));
		assert_memory_equal(&usage, &back, sizeof(usage));
		usage.usage = (struct usage){.rss = 1, .last = 2, .flags = 0x2f, .key = 0};
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		recording_usage_bind(row.put, 1, &usage);
		turn(&row);
		change(&row, wrong[i]);
		back.usage.rss = 77;
		if (recording_usage_read(row.get, 0, &back))
			fail_msg("taken: %s", wrong[i]);
		assert_int_equal(back.usage.rss, 77);
	}
	change(&row, "UPDATE t SET p=0, o=''");
	assert_true(recording_usage_read(row.get, 0, &back));
	assert_int_equal(back.usage.flags, 0);
	change(&row, "UPDATE t SET o='wr'");
	assert_true(recording_usage_read(row.get, 0, &back));
	assert_int_equal(back.usage.flags, usage_flag_bit("wr"));
	change(&row, "UPDATE t SET o='mr wr'");
	assert_true(recording_usage_read(row.get, 0, &back));
	assert_int_equal(back.usage.flags, usage_flag_bit("wr") | usage_flag_bit("mr"));
	change(&row, "UPDATE t SET o='rd  wr'");
	assert_false(recording_usage_read(row.get, 0, &back));
	change(&row, "UPDATE t SET o='r'");
	assert_false(recording_usage_read(row.get, 0, &back));
	close_row(&row);
}

static void sources_have_names(void **state)
{
	struct row row;
	int source;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	statement_bind_string(row.put, 1, "smaps");
	turn(&row);
	assert_true(recording_source_read(row.get, 0, &source));
	assert_int_equal(source, RESIDENCY_SMAPS);
	assert_true(recording_source_read(row.get, 1, &source));
	assert_int_equal(source, RESIDENCY_NONE);
	change(&row, "UPDATE t SET a='guess'");
	assert_false(recording_source_read(row.get, 0, &source));
	close_row(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usage_comes_back),
		cmocka_unit_test(sources_have_names),
	};

	return cmocka_run_group_tests_name("recording_usage", tests, NULL, NULL);
}
