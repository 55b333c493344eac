/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/address_space.h"
#include "report/json.h"
#include "support/golden.h"
#include "support/sample.h"

/* The report of a space, which is destroyed, as text that the caller frees. */
static char *write_report(struct address_space *space)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);

	assert_non_null(stream);
	assert_int_equal(json_write_snapshot(stream, space), 0);
	fclose(stream);
	address_space_destroy(space);
	return bytes;
}

static json_t *parse(char *bytes)
{
	json_error_t error;
	json_t *object = json_loads(bytes, 0, &error);

	if (!object)
		fail_msg("not JSON: %s at line %d", error.text, error.line);
	free(bytes);
	return object;
}

static void the_whole_report(void **state)
{
	char *bytes = write_report(sample_python());

	(void)state;
	golden_check("json_python", bytes);
	free(bytes);
}

static void totals_are_the_sums(void **state)
{
	json_t *object = parse(write_report(sample_large(5000))), *totals, *mapping, *entry;
	json_int_t size = 0, mappings = 0, kinds_size = 0;
	const char *kind;
	size_t index;

	(void)state;
	totals = json_object_get(object, "totals");
	json_array_foreach(json_object_get(object, "mappings"), index, mapping) size +=
		json_integer_value(json_object_get(mapping, "size"));
	assert_int_equal(json_integer_value(json_object_get(totals, "mappings")), index);
	assert_int_equal(json_integer_value(json_object_get(totals, "size")), size);
	json_object_foreach(json_object_get(totals, "by_kind"), kind, entry)
	{
		mappings += json_integer_value(json_object_get(entry, "mappings"));
		kinds_size += json_integer_value(json_object_get(entry, "size"));
	}
	assert_int_equal(mappings, index);
	assert_int_equal(kinds_size, size);
	json_decref(object);
}

static void any_bytes_give_valid_json(void **state)
{
	json_t *object = parse(write_report(sample_hostile()));
	json_t *mapping = json_array_get(json_object_get(object, "mappings"), 1);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(mapping, "name")),
			    "/tmp/\\xff\\xfe\\x80 \\xc0\\xaf");
	assert_string_equal(json_string_value(json_object_get(object, "comm")), "e\033[2Jvil");
	json_decref(object);
}

static void a_stream_that_fails_is_an_error(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct address_space *space = sample_large(5000);

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(json_write_snapshot(full, space), -EIO);
	fclose(full);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_report),
		cmocka_unit_test(totals_are_the_sums),
		cmocka_unit_test(any_bytes_give_valid_json),
		cmocka_unit_test(a_stream_that_fails_is_an_error),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
