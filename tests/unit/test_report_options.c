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

/* Whole, with the program's name and a line feed. */
static void refuse(const struct options *options, const char *sentence)
{
	struct capture capture;
	bool good;
	char *said;

	capture_begin(&capture, 2);
	good = report_options_check(options);
	said = capture_end(&capture);
	assert_false(good);
	assert_string_equal(said, sentence);
	free(said);
}

#define REFUSED(sentence, ...) \
	refuse(&(const struct options){__VA_ARGS__}, "vastop: " sentence "\n")
#define ACCEPTED(...) assert_true(report_options_check(&(const struct options){__VA_ARGS__}))

static void metrics_are_of_processes_now(void **state)
{
	(void)state;
	ACCEPTED(.format = FORMAT_OPENMETRICS, .budget = 0.1, .large_heaps = true);
	ACCEPTED(.format = FORMAT_OPENMETRICS, .samples = 1);
	ACCEPTED(.format = FORMAT_OPENMETRICS, .output = "f", .samples = 2, .interval_ns = 1);
	REFUSED("--filter does not apply to --format=openmetrics, which has all kinds.",
		.format = FORMAT_OPENMETRICS, .filter = "heap");
	REFUSED("metrics are written again and again with --output=FILE only.",
		.format = FORMAT_OPENMETRICS, .samples = 2);
	REFUSED("metrics are written again and again with --output=FILE only.",
		.format = FORMAT_OPENMETRICS, .interval_ns = 1);
	ACCEPTED(.format = FORMAT_TABLE, .output = "f");
	REFUSED("--budget does not apply to --once but for --format=openmetrics.", .budget = 0.1);
	REFUSED("--large-heaps applies only to --format=openmetrics.", .large_heaps = true);
}

static void fields_are_of_tables(void **state)
{
	(void)state;
	ACCEPTED(.format = FORMAT_TABLE, .fields.count = 1);
	ACCEPTED(.format = FORMAT_CSV, .fields.count = 1, .filter = "kind:heap");
	ACCEPTED(.format = FORMAT_JSON);
	REFUSED("--fields applies only to --format=table and --format=csv.", .format = FORMAT_JSON,
		.fields.count = 1);
	REFUSED("--fields applies only to --format=table and --format=csv.", .fields.count = 1);
}

static void a_drawing_is_one(void **state)
{
	(void)state;
	ACCEPTED(.format = FORMAT_SVG, .dark = true, .samples = 1, .process_count = 1);
	ACCEPTED(.format = FORMAT_PICTURE, .samples = 2, .process_count = 2);
	REFUSED("--background applies only to --format=svg.", .format = FORMAT_JSON, .dark = true);
	REFUSED("--format=svg is one drawing: of one process, and without --samples.",
		.format = FORMAT_SVG, .samples = 2);
	REFUSED("--format=svg is one drawing: of one process, and without --samples.",
		.format = FORMAT_SVG, .process_count = 2);
}

static void a_delay_is_between_samples(void **state)
{
	(void)state;
	ACCEPTED(0);
	ACCEPTED(.samples = 1);
	ACCEPTED(.samples = 2, .interval_ns = 1);
	REFUSED("--delay does not apply to one sample; add --samples=N.", .interval_ns = 1);
	REFUSED("--delay does not apply to one sample; add --samples=N.", .interval_ns = 1,
		.samples = 1);
}

static void a_filter_is_a_query(void **state)
{
	(void)state;
	ACCEPTED(.filter = "kind:heap");
	REFUSED("--filter is not a query. At column 6: there is no kind hepa; did you mean heap?",
		.filter = "kind:hepa");
	REFUSED("--filter is not a query. At column 2: missing closing parenthesis.",
		.filter = "(");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metrics_are_of_processes_now),
		cmocka_unit_test(fields_are_of_tables),
		cmocka_unit_test(a_drawing_is_one),
		cmocka_unit_test(a_delay_is_between_samples),
		cmocka_unit_test(a_filter_is_a_query),
	};

	return cmocka_run_group_tests_name("report_options", tests, NULL, NULL);
}
