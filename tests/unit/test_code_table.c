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

/* What differs in anything is put in the place of what was there. */
static void other_frames_take_its_place(void **state)
{
	struct code_table table = {0};
	const struct code_place place = {string(&table, "/a"), 1, 2};
	const struct code_place modules = {string(&table, "/b"), 1, 2};
	const char *f = string(&table, "f"), *g = string(&table, "g");
	const struct code_frame usual[] = {{.function = f, .offset = 1, .file = g, .line = 2},
					   {.function = f, .offset = 3, .file = g, .line = 4}};

	(void)state;
	for (size_t at = 0; at < 2; at++)
		for (int field = 0; field < 5; field++) {
			struct code_frame frames[] = {usual[0], usual[1]};
			const size_t before = table.frame_count;
			const struct code_frame *found;
			size_t count;

			frames[at].function = field == 0 ? g : f;
			frames[at].offset += field == 1;
			frames[at].file = field == 2 ? f : g;
			frames[at].line += field == 3;
			code_table_put(&table, 0, &place, usual, 2);
			code_table_put(&table, 0, &modules, frames, 2);
			assert_int_equal(table.count, 1);
			/* Those that are equal to the ones before are not put again. */
			assert_int_equal(table.frame_count - before,
					 (at && !field ? 0 : 2) + (field < 4 ? 2 : 0));
			found = code_table_get(&table, 0, &count);
			assert_int_equal(count, 2);
			assert_ptr_equal(found[at].function, frames[at].function);
			assert_int_equal(found[at].offset, frames[at].offset);
			assert_ptr_equal(found[at].file, frames[at].file);
			assert_int_equal(found[at].line, frames[at].line);
			/* The place is that of the last time. */
			assert_true(code_table_holds(&table, 0, &modules));
			assert_false(code_table_holds(&table, 0, &place));
		}
	code_table_finish(&table);
}

static void strings_and_frames_have_limits(void **state)
{
	static char name[8194];
	static struct code_frame frames[1 << 16];
	struct code_table table = {0};
	const struct code_place place = {.module = ""};
	size_t count;

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	assert_int_equal(strlen(code_table_string(&table, name, 8191)), 8191);
	assert_int_equal(strlen(code_table_string(&table, name, 8192)), 8192);
	assert_int_equal(strlen(code_table_string(&table, name, 8193)), 8192);
	/* A million frames, to the last one. */
	for (uint64_t i = 0; i < 15; i++)
		code_table_put(&table, i, &place, frames, 1 << 16);
	code_table_put(&table, 15, &place, frames, (1 << 16) - 1);
	code_table_put(&table, 16, &place, frames, 2);
	assert_null(code_table_get(&table, 16, &count));
	code_table_put(&table, 17, &place, frames, 1);
	assert_non_null(code_table_get(&table, 17, &count));
	assert_int_equal(table.frame_count, 1 << 20);
	code_table_put(&table, 18, &place, frames, 1);
	assert_null(code_table_get(&table, 18, &count));
	assert_int_equal(count, 0);
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
		cmocka_unit_test(other_frames_take_its_place),
		cmocka_unit_test(strings_and_frames_have_limits),
		cmocka_unit_test(memory_has_a_bound),
	};

	return cmocka_run_group_tests_name("code_table", tests, NULL, NULL);
}
