/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/compare.h"
#include "app/message.h"
#include "app/options.h"
#include "recording_made.h"
#include "support/capture.h"

/* What it writes to stdout of two times of a recording. */
static char *compare(struct options *options, const char *path, int status)
{
	char a[160], b[160];
	struct capture capture;
	int is;

	snprintf(a, sizeof(a), "%s@+0s", path);
	snprintf(b, sizeof(b), "%s@+5s", path);
	options->operands[0] = a;
	options->operands[1] = b;
	capture_begin(&capture, 1);
	is = compare_run(options);
	assert_int_equal(is, status);
	return capture_end(&capture);
}

static void growth_is_found(void **state)
{
	struct options options = {.action = ACTION_DIFF, .procfs = "/proc"};
	struct recording_place place;
	json_t *document, *item;
	char *text;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	text = compare(&options, place.path, EXIT_DONE);
	assert_non_null(strstr(text, "+40K"));
	assert_non_null(strstr(text, "grew"));
	free(text);
	options.format = FORMAT_JSON;
	text = compare(&options, place.path, EXIT_DONE);
	document = json_loads(text, 0, NULL);
	assert_non_null(document);
	assert_int_equal(json_array_size(json_object_get(document, "mappings")), 1);
	item = json_array_get(json_object_get(document, "mappings"), 0);
	assert_int_equal(
		json_integer_value(json_object_get(json_object_get(item, "size"), "delta")),
		5 * 8192);
	json_decref(document);
	free(text);
	recording_place_remove(&place);
}

static void without_a_side_nothing_is_compared(void **state)
{
	struct options options = {.action = ACTION_DIFF, .procfs = "/proc"};
	char *text;

	(void)state;
	text = compare(&options, "/nonexistent", EXIT_TROUBLE);
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_is_found),
		cmocka_unit_test(without_a_side_nothing_is_compared),
	};

	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
