/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>

#include "diff_made.h"
#include "report/json_diff.h"
#include "report_text.h"
#include "support/golden.h"

static void the_object_is_as_expected(void **state)
{
	static const char *const sources[] = {"before.rec@-5m", "4711"};
	struct report_text text;
	struct diff_made made;
	json_t *document;
	char *bytes;

	(void)state;
	diff_made(&made);
	report_text_begin(&text);
	assert_int_equal(json_diff_write(text.stream, &made.diff, sources), 0);
	bytes = report_text_end(&text);
	document = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(document);
	assert_int_equal(json_array_size(json_object_get(document, "mappings")),
			 made.diff.item_count);
	json_decref(document);
	golden_check("json_diff", bytes);
	free(bytes);
	diff_made_finish(&made);
}

static void a_full_device_is_an_error(void **state)
{
	static const char *const sources[] = {"1", "2"};
	FILE *full = fopen("/dev/full", "w");
	struct diff_made made;

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	diff_made(&made);
	assert_int_not_equal(json_diff_write(full, &made.diff, sources), 0);
	fclose(full);
	diff_made_finish(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_object_is_as_expected),
		cmocka_unit_test(a_full_device_is_an_error),
	};

	return cmocka_run_group_tests_name("json_diff", tests, NULL, NULL);
}
