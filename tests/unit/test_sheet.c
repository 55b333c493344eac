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
#include "report/sheet.h"
#include "report_text.h"
#include "support/golden.h"
#include "support/sample.h"

static char *write_part(const struct report_part *part, const struct field_list *fields, bool ascii)
{
	struct report_text text;
	struct sheet sheet = {.fields = fields, .ascii = ascii};

	report_text_begin(&text);
	sheet.stream = text.stream;
	sheet_write(&sheet, part, 1);
	return report_text_end(&text);
}

static void columns_are_as_wide_as_needed(void **state)
{
	static const struct field_list fields = {{FIELD_GROWTH, FIELD_START, FIELD_SIZE, FIELD_RSS,
						  FIELD_TID, FIELD_KIND, FIELD_NAME},
						 7};
	struct address_space *before = sample_python(), *space = sample_python_grown(2 << 20);
	struct identity growth;
	struct report_part part = {.space = space, .growth = &growth};
	char *out;

	(void)state;
	identity_init(&growth, before, space);
	out = write_part(&part, &fields, false);
	golden_check("sheet_python", out);
	free(out);
	identity_finish(&growth);
	address_space_destroy(before);
	address_space_destroy(space);
}

static void names_are_harmless(void **state)
{
	static const struct field_list fields = {{FIELD_NAME, FIELD_COMM, FIELD_KIND}, 3};
	struct address_space *space = sample_hostile();
	const struct report_part part = {.space = space};
	char *out = write_part(&part, &fields, true);

	(void)state;
	assert_null(strchr(out, '\033'));
	golden_check("sheet_hostile", out);
	free(out);
	address_space_destroy(space);
}

static void nothing_has_a_total_too(void **state)
{
	static const struct field_list fields = {{FIELD_SIZE, FIELD_KIND, FIELD_NAME}, 3};
	struct address_space *space = sample_empty();
	const struct report_part part = {.space = space};
	char *out = write_part(&part, &fields, false);

	(void)state;
	assert_string_equal(out, "size  kind   name\n   0  total  0 mappings\n");
	free(out);
	address_space_destroy(space);
}

/* All fields of mappings that have what few have; what 64 bits do not hold is not known. */
static void every_field_of_odd_mappings(void **state)
{
	struct address_space *before = odd_space(), *space = odd_space();
	struct field_list fields = {.count = 0};
	struct usage_table table;
	struct identity growth;
	const struct report_part part = {.space = space, .usage = &table, .growth = &growth};
	char *out, *ascii;

	(void)state;
	while (fields.count < FIELD_COUNT) {
		fields.fields[fields.count] = (enum field)fields.count;
		fields.count++;
	}
	odd_usage(&table, space);
	identity_init(&growth, before, space);
	out = write_part(&part, &fields, false);
	golden_check("sheet_odd", out);
	ascii = write_part(&part, &fields, true);
	golden_check("sheet_odd_ascii", ascii);
	free(out);
	free(ascii);
	identity_finish(&growth);
	usage_table_finish(&table);
	address_space_destroy(before);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_needed),
		cmocka_unit_test(names_are_harmless),
		cmocka_unit_test(nothing_has_a_total_too),
		cmocka_unit_test(every_field_of_odd_mappings),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
