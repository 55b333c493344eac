/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "model/target.h"
#include "model/vma.h"
#include "report/json_values.h"

static int take(void *text, const char *bytes, size_t length)
{
	text_append_bytes(text, bytes, length);
	return 0;
}

static void start(struct json_writer *writer, struct text *text)
{
	*text = (struct text){0};
	json_writer_init(writer, take, text, false);
	json_writer_object(writer, NULL);
}

static void expect(struct json_writer *writer, struct text *text, const char *expected)
{
	json_writer_end(writer);
	assert_int_equal(json_writer_finish(writer), 0);
	assert_string_equal(text_string(text), expected);
	text_finish(text);
}

static void what_is_not_known_is_null(void **state)
{
	struct json_writer writer;
	struct text text;

	(void)state;
	start(&writer, &text);
	json_values_number(&writer, "a", 0);
	json_values_number(&writer, "b", TARGET_UNKNOWN);
	json_values_string(&writer, "c", "");
	json_values_string(&writer, "d", NULL);
	json_values_tid(&writer, "e", 4711);
	json_values_tid(&writer, "f", 0);
	expect(&writer, &text,
	       "{\"a\":0,\"b\":null,\"c\":\"\",\"d\":null,\"e\":4711,\"f\":null}\n");
}

static void permissions_as_in_maps(void **state)
{
	struct json_writer writer;
	struct text text;

	(void)state;
	start(&writer, &text);
	json_values_perms(&writer, "a", 0);
	json_values_perms(&writer, "b", PERM_ACCESS | PERM_SHARED);
	expect(&writer, &text, "{\"a\":\"---p\",\"b\":\"rwxs\"}\n");
}

static void times_in_utc(void **state)
{
	struct json_writer writer;
	struct text text;

	(void)state;
	start(&writer, &text);
	json_values_time(&writer, "a", 0);
	json_values_time(&writer, "b", INT64_C(1792412467123999999));
	expect(&writer, &text,
	       "{\"a\":\"1970-01-01T00:00:00.000Z\",\"b\":\"2026-10-19T12:21:07.123Z\"}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(permissions_as_in_maps),
		cmocka_unit_test(times_in_utc),
	};

	return cmocka_run_group_tests_name("json_values", tests, NULL, NULL);
}
