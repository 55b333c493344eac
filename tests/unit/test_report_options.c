/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/report_options.h"
#include "support/capture.h"

static void refuse(const struct options *options, const char *part)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = report_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	if (!strstr(said, part))
		fail_msg("said: %s", said);
	free(said);
}

static void what_fits_is_not_refused(void **state)
{
	(void)state;
	assert_true(report_options_check(&(struct options){0}));
	assert_true(report_options_check(
		&(struct options){.format = FORMAT_CSV, .fields.count = 1, .filter = "kind:heap"}));
	assert_true(report_options_check(&(struct options){.format = FORMAT_SVG, .dark = true}));
	assert_true(report_options_check(&(struct options){.samples = 2, .interval_ns = 1}));
	assert_true(report_options_check(&(struct options){
		.format = FORMAT_OPENMETRICS, .budget = 0.1, .large_heaps = true}));
	assert_true(report_options_check(&(struct options){
		.format = FORMAT_OPENMETRICS, .output = "f", .samples = 2, .interval_ns = 1}));
}

static void what_does_not_fit_is_said(void **state)
{
	(void)state;
	refuse(&(struct options){.format = FORMAT_JSON, .fields.count = 1}, "--format=csv");
	refuse(&(struct options){.format = FORMAT_JSON, .dark = true}, "--format=svg");
	refuse(&(struct options){.format = FORMAT_SVG, .samples = 2}, "one drawing");
	refuse(&(struct options){.format = FORMAT_SVG, .process_count = 2}, "one drawing");
	refuse(&(struct options){.interval_ns = 1}, "--samples=N");
	refuse(&(struct options){.budget = 0.1}, "--budget");
	refuse(&(struct options){.large_heaps = true}, "--format=openmetrics");
	refuse(&(struct options){.format = FORMAT_OPENMETRICS, .filter = "heap"}, "--filter");
	refuse(&(struct options){.format = FORMAT_OPENMETRICS, .samples = 2}, "--output=FILE");
	refuse(&(struct options){.format = FORMAT_OPENMETRICS, .interval_ns = 1}, "--output=FILE");
	refuse(&(struct options){.filter = "kind:hepa"}, "--filter is not a query");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits_is_not_refused),
		cmocka_unit_test(what_does_not_fit_is_said),
	};

	return cmocka_run_group_tests_name("report_options", tests, NULL, NULL);
}
