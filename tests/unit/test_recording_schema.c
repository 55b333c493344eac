/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "record/recording_schema.h"

static void make_header(unsigned char header[static RECORDING_HEADER_LENGTH])
{
	memset(header, 0, RECORDING_HEADER_LENGTH);
	memcpy(header, "SQLite format 3", 16);
	header[18] = header[19] = 1;
	header[63] = RECORDING_VERSION;
	memcpy(header + 68, "vast", 4);
}

static void a_recording_is_told_by_its_header(void **state)
{
	unsigned char header[RECORDING_HEADER_LENGTH];

	(void)state;
	make_header(header);
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_GOOD);
	assert_int_equal(recording_form(header, sizeof(header) - 1), RECORDING_FOREIGN);
	header[63]++;
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_NEWER);
	header[60] = 0xff;
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_NEWER);
	make_header(header);
	header[63] = 0;
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_FOREIGN);
	make_header(header);
	header[19] = 2; /* has a log beside it */
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_FOREIGN);
	make_header(header);
	header[71]++;
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_FOREIGN);
	make_header(header);
	header[0] = 's';
	assert_int_equal(recording_form(header, sizeof(header)), RECORDING_FOREIGN);
}

static void tables_are_strict(void **state)
{
	size_t count;
	const struct recording_table *tables = recording_tables(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_non_null(strstr(tables[i].sql, tables[i].name));
		if (!strncmp(tables[i].sql, "CREATE TABLE ", 13))
			assert_non_null(strstr(tables[i].sql, ") STRICT"));
		else
			assert_int_equal(strncmp(tables[i].sql, "CREATE INDEX ", 13), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recording_is_told_by_its_header),
		cmocka_unit_test(tables_are_strict),
	};

	return cmocka_run_group_tests_name("recording_schema", tests, NULL, NULL);
}
