/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <stdio.h>

#include "files/code_table.h"

static const char *string(struct code_table *table, const char *bytes)
{
	return code_table_string(table, bytes, strlen(bytes));
}

static void keeps_frames_for_a_place(void **state)
{
	struct code_table table = {0};
	const struct code_place place = {string(&table, "/lib/a"), 5, 0x1000};
	struct code_place other = place;
	const struct code_frame frames[] = {{.address = 0x1234, .function = string(&table, "in")},
					    {.address = 0x1234, .function = string(&table, "out")}};
	const struct code_frame *found;
	size_t count;

	(void)state;
	assert_ptr_equal(string(&table, "/lib/a"), place.module);
	assert_null(code_table_get(&table, 0x1234, &count));
	assert_int_equal(count, 0);
	assert_false(code_table_holds(&table, 0x1234, &place));
	code_table_put(&table, 0x1234, &place, frames, 2);
	found = code_table_get(&table, 0x1234, &count);
	assert_int_equal(count, 2);
	assert_string_equal(found[0].function, "in");
	assert_string_equal(found[1].function, "out");
	assert_true(code_table_holds(&table, 0x1234, &place));
	assert_false(code_table_holds(&table, 0x1235, &place));
	other.base = 0;
	assert_false(code_table_holds(&table, 0x1234, &other));
	other = place;
	other.inode = 6;
	assert_false(code_table_holds(&table, 0x1234, &other));
	code_table_put(&table, 0x1234, &other, frames + 1, 1);
	assert_non_null(code_table_get(&table, 0x1234, &count));
	assert_int_equal(count, 1);
	assert_true(code_table_holds(&table, 0x1234, &other));
	code_table_finish(&table);
}

static void many_addresses_find_their_own(void **state)
{
	struct code_table table = {0};
	const struct code_place place = {.module = ""};
	size_t count;

	(void)state;
	for (uint64_t i = 0; i < 5000; i++) {
		const struct code_frame frame = {.address = i * 4096, .offset = i};

		code_table_put(&table, frame.address, &place, &frame, 1);
	}
	for (uint64_t i = 0; i < 5000; i++)
		assert_int_equal(code_table_get(&table, i * 4096, &count)->offset, i);
	code_table_finish(&table);
}

/* Code that is looked up again and again does not make it grow. */
static void the_same_again_takes_nothing(void **state)
{
	struct code_table table = {0};
	const struct code_place place = {.module = ""};
	const struct code_frame frame = {.address = 8, .function = string(&table, "f")};

	(void)state;
	for (int i = 0; i < 100; i++)
		code_table_put(&table, 8, &place, &frame, 1);
	assert_int_equal(table.frame_count, 1);
	assert_int_equal(table.count, 1);
	code_table_finish(&table);
}

static void memory_has_a_bound(void **state)
{
	struct code_table table = {0};
	const struct code_place place = {.module = ""};
	static char name[8192];
	const char *kept;
	size_t i = 0, count;

	(void)state;
	memset(name, 'x', sizeof(name));
	do
		snprintf(name, 16, "%015zu", i++),
			name[15] = 'x', kept = code_table_string(&table, name, sizeof(name));
	while (kept && i < 100000);
	assert_null(kept);
	assert_in_range(name_pool_size(&table.names), (size_t)60 << 20, (size_t)80 << 20);
	code_table_finish(&table);
	for (uint64_t address = 0; address < 300000; address++) {
		const struct code_frame frame = {.address = address, .offset = address};

		code_table_put(&table, address, &place, &frame, 1);
	}
	assert_int_equal(table.count, (size_t)1 << 18);
	assert_non_null(code_table_get(&table, 0, &count));
	assert_null(code_table_get(&table, 299999, &count));
	code_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_frames_for_a_place),
		cmocka_unit_test(many_addresses_find_their_own),
		cmocka_unit_test(the_same_again_takes_nothing),
		cmocka_unit_test(memory_has_a_bound),
	};

	return cmocka_run_group_tests_name("code_table", tests, NULL, NULL);
}
