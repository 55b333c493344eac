/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/record_options.h"
#include "support/capture.h"

static void refuse(const struct options *options, const char *part)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = record_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	if (!strstr(said, part))
		fail_msg("said: %s", said);
	free(said);
}

static void what_does_not_fit_is_said(void **state)
{
	(void)state;
	assert_true(record_options_check(&(struct options){0}));
	assert_true(record_options_check(&(struct options){.record = "f", .force = true}));
	assert_true(record_options_check(
		&(struct options){.replay = "f", .action = ACTION_ONCE, .format = FORMAT_JSON}));
	refuse(&(struct options){.force = true}, "--force applies only to --record");
	refuse(&(struct options){.conditional = true}, "--record-when applies only");
	assert_true(record_options_check(&(struct options){.replay = "f"}));
	refuse(&(struct options){.replay = "f", .action = ACTION_BYTES}, "no memory to be read");
	refuse(&(struct options){.replay = "f", .action = ACTION_ONCE, .process_count = 1},
	       "not both");
	refuse(&(struct options){.replay = "f", .action = ACTION_ONCE, .samples = 2}, "--samples");
	refuse(&(struct options){.replay = "f", .action = ACTION_ONCE, .record = "g"}, "copy");
	refuse(&(struct options){.record = "f", .action = ACTION_ONCE, .process_count = 2},
	       "one process");
	refuse(&(struct options){.record = "f", .format = FORMAT_OPENMETRICS}, "metrics");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_said),
	};

	return cmocka_run_group_tests_name("record_options", tests, NULL, NULL);
}
