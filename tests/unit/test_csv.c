/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "model/identity.h"
#include "odd_space.h"
#include "report/csv.h"
#include "report_text.h"
#include "support/golden.h"
#include "support/sample.h"

static char *write_space(const struct address_space *space, const struct field_list *fields,
			 bool escaped, bool heading)
{
	const struct report_part part = {.space = space};
	struct report_text text;
	struct csv csv = {.fields = fields, .escaped = escaped};

	report_text_begin(&text);
	csv.stream = text.stream;
	if (heading)
		csv_write_heading(&csv);
	csv_write(&csv, &part, 1);
	return report_text_end(&text);
}

static void a_record_for_each_mapping(void **state)
{
	static const struct field_list fields = {
		{FIELD_PID, FIELD_START, FIELD_SIZE, FIELD_RSS, FIELD_TID, FIELD_KIND, FIELD_NAME},
		7};
	struct address_space *space = sample_python();
	char *out = write_space(space, &fields, false, true);

	(void)state;
	golden_check("csv_python", out);
	free(out);
	address_space_destroy(space);
}

/* A process of one mapping with that name. */
static struct address_space *named(const char *name)
{
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	const struct vma vma = {.start = 4096, .end = 8192, .name = name};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	return space;
}

static void expect(const char *name, bool escaped, const char *expected)
{
	static const struct field_list fields = {{FIELD_SIZE, FIELD_NAME}, 2};
	struct address_space *space = named(name);
	char *out = write_space(space, &fields, escaped, false), *end = strstr(out, "4096,total");

	assert_non_null(end);
	*end = '\0';
	assert_string_equal(out, expected);
	free(out);
	address_space_destroy(space);
}

static void names_survive(void **state)
{
	(void)state;
	expect("plain", false, "4096,plain\r\n");
	expect("", false, "4096,\r\n");
	expect("a,b", false, "4096,\"a,b\"\r\n");
	expect("a\"b", false, "4096,\"a\"\"b\"\r\n");
	expect("\"", false, "4096,\"\"\"\"\r\n");
	expect("a\nb", false, "4096,\"a\nb\"\r\n");
	expect("a\rb", false, "4096,\"a\rb\"\r\n");
	expect("\\ \xff\xc3", false, "4096,\\ \xff\xc3\r\n");
	expect("\033[31m,\xff", true, "4096,\"\\x1b[31m,\\xff\"\r\n");
}

static void a_single_empty_value_is_no_empty_line(void **state)
{
	static const struct field_list fields = {{FIELD_NAME}, 1};
	struct address_space *space = named("");
	char *out = write_space(space, &fields, false, true);

	(void)state;
	assert_string_equal(out, "name\r\n\"\"\r\ntotal\r\n");
	free(out);
	address_space_destroy(space);
}

static void writing_that_fails_ends_early(void **state)
{
	static const struct field_list fields = {{FIELD_NAME}, 1};
	struct address_space *space = sample_large(20000);
	const struct report_part part = {.space = space};
	struct csv csv = {fopen("/dev/full", "w"), &fields, false};

	(void)state;
	if (!csv.stream)
		skip();
	csv_write(&csv, &part, 1);
	fflush(csv.stream);
	assert_true(ferror(csv.stream));
	fclose(csv.stream);
	address_space_destroy(space);
}

/* Each field of mappings that have what few have, bytes as they are, and escaped. */
static void every_field_of_odd_mappings(void **state)
{
	struct address_space *before = odd_space(), *space = odd_space();
	struct field_list fields = {.count = 0};
	struct report_text text;
	struct usage_table table;
	struct identity growth;
	const struct report_part parts[] = {
		{.space = space},
		{.space = space, .usage = &table, .growth = &growth},
	};

	(void)state;
	while (fields.count < FIELD_COUNT) {
		fields.fields[fields.count] = (enum field)fields.count;
		fields.count++;
	}
	odd_usage(&table, space);
	identity_init(&growth, before, space);
	report_text_begin(&text);
	for (int escaped = 0; escaped < 2; escaped++) {
		struct csv csv = {.fields = &fields, .escaped = escaped, .stream = text.stream};

		csv_write_heading(&csv);
		csv_write(&csv, parts, 2);
	}
	report_text_end(&text);
	golden_check("csv_odd", text.bytes);
	free(text.bytes);
	identity_finish(&growth);
	usage_table_finish(&table);
	address_space_destroy(before);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_for_each_mapping),
		cmocka_unit_test(names_survive),
		cmocka_unit_test(a_single_empty_value_is_no_empty_line),
		cmocka_unit_test(writing_that_fails_ends_early),
		cmocka_unit_test(every_field_of_odd_mappings),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
