/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/target.h"
#include "model/vma.h"
#include "record/recording_value.h"
#include "recording_row.h"

static const char *name(int number)
{
	static const char *const names[] = {NULL, "one", "two"};

	return names[number];
}

static void numbers_may_be_unknown(void **state)
{
	struct row row;
	uint64_t number;
	int32_t tid;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	statement_bind_known(row.put, 1, TARGET_UNLIMITED);
	recording_value_bind_tid(row.put, 3, 5);
	recording_value_bind_tid(row.put, 4, 0);
	turn(&row);
	assert_true(recording_value_known(row.get, 0, &number));
	assert_true(number == TARGET_UNLIMITED);
	assert_true(recording_value_known(row.get, 1, &number));
	assert_true(number == TARGET_UNKNOWN);
	assert_true(recording_value_tid(row.get, 2, &tid));
	assert_int_equal(tid, 5);
	assert_true(recording_value_tid(row.get, 3, &tid));
	assert_int_equal(tid, 0);
	change(&row, "UPDATE t SET a='7'");
	assert_false(recording_value_known(row.get, 0, &number));
	close_row(&row);
}

static void words_are_those_of_the_program(void **state)
{
	struct row row;
	int number;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	statement_bind_string(row.put, 1, "two");
	turn(&row);
	assert_true(recording_value_name(row.get, 0, name, 3, &number));
	assert_int_equal(number, 2);
	assert_false(recording_value_name(row.get, 0, name, 2, &number));
	assert_false(recording_value_name(row.get, 1, name, 3, &number));
	assert_true(recording_value_name_or_none(row.get, 1, name, 3, &number));
	assert_int_equal(number, 0);
	close_row(&row);
}

static void perms_and_ranges_come_back(void **state)
{
	uint64_t start, end;
	struct row row;
	uint8_t perms;
	bool flag;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (unsigned i = 0; i < 16; i++) {
		recording_value_bind_perms(row.put, 1, (uint8_t)i);
		recording_value_bind_range(row.put, 2, UINT64_MAX - 4096, UINT64_MAX);
		statement_bind(row.put, 4, 2);
		turn(&row);
		assert_true(recording_value_perms(row.get, 0, &perms));
		assert_int_equal(perms, i);
		assert_true(recording_value_range(row.get, 1, &start, &end));
		assert_true(start == UINT64_MAX - 4096 && end == UINT64_MAX);
		assert_false(recording_value_flag(row.get, 3, &flag));
		assert_false(recording_value_byte(row.get, 3, 1, &perms));
		assert_true(recording_value_byte(row.get, 3, 2, &perms));
	}
	change(&row, "UPDATE t SET c=c+1");
	assert_false(recording_value_range(row.get, 1, &start, &end));
	close_row(&row);
}

static void permissions_are_read_as_maps_has_them(void **state)
{
	static const char *const wrong[] = {"",    "rw-",  "rw-p ", "wr-p", "rwxx",
					    "r--", "R--p", "rw p",  "-w-S", "--p-"};
	uint8_t perms;

	(void)state;
	for (uint8_t expected = 0; expected < 16; expected++) {
		const char string[] = {
			expected & PERM_READ ? 'r' : '-', expected & PERM_WRITE ? 'w' : '-',
			expected & PERM_EXEC ? 'x' : '-', expected & PERM_SHARED ? 's' : 'p', '\0'};

		perms = 99;
		assert_true(recording_perms_parse(string, &perms));
		assert_int_equal(perms, expected);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		perms = 99;
		assert_false(recording_perms_parse(wrong[i], &perms));
		assert_int_equal(perms, 99);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_may_be_unknown),
		cmocka_unit_test(words_are_those_of_the_program),
		cmocka_unit_test(perms_and_ranges_come_back),
		cmocka_unit_test(permissions_are_read_as_maps_has_them),
	};

	return cmocka_run_group_tests_name("recording_value", tests, NULL, NULL);
}
