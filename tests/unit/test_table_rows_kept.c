/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "maps_space.h"
#include "model/address_space.h"
#include "model/query_matches.h"
#include "model/usage.h"
#include "ui/table/table_rows.h"

/* What a filter leaves out, and what decides the order of rows. */

static const char lone[] = "100000-101000 rw-p 0 00:00 0 \n"
			   "200000-203000 r--p 0 fe:00 1 /lib/b\n"
			   "203000-204000 rw-p 0 fe:00 1 /lib/b\n"
			   "204000-205000 r--p 0 fe:00 1 /lib/b\n"
			   "300000-302000 rw-p 0 00:00 0 \n"
			   "400000-404000 rw-p 0 00:00 0 \n";

#define LONE 6

/* The rows where of the mappings those of the bits are kept; the row of each is as expected. */
static void check_kept(unsigned bits, size_t count, const uint32_t expected[LONE])
{
	const uint64_t open[] = {0x201000};
	struct address_space *space = maps_space_create(NULL, lone);
	struct query_matches kept;
	struct table_request request = {
		.space = space, .kept = &kept, .open = open, .open_count = 1};
	struct table_rows rows;

	assert_int_equal(space->vma_count, LONE);
	query_matches_init(&kept, LONE);
	for (size_t i = 0; i < LONE; i++)
		if (!(bits & 1u << i))
			query_matches_remove(&kept, i);
	table_rows_init(&rows, &request);
	assert_int_equal(rows.count, count);
	for (size_t i = 0; i < LONE; i++)
		assert_int_equal(rows.of_vma[i], expected[i]);
	table_rows_finish(&rows);
	query_matches_finish(&kept);
	address_space_destroy(space);
}

/* Its row is that of the next one above, or else of the last one below. */
static void what_is_left_out_has_the_row_of_a_neighbour(void **state)
{
	const uint32_t none = UINT32_MAX;

	(void)state;
	/* An object that is open has a row before those of its mappings. */
	check_kept(0x3f, 7, (const uint32_t[]){0, 2, 3, 4, 5, 6});
	check_kept(0x10, 1, (const uint32_t[]){0, 0, 0, 0, 0, 0});
	check_kept(0x21, 2, (const uint32_t[]){0, 1, 1, 1, 1, 1});
	check_kept(0x11, 2, (const uint32_t[]){0, 1, 1, 1, 1, 1});
	check_kept(0x03, 2, (const uint32_t[]){0, 1, 1, 1, 1, 1});
	/* Of an object's mappings one, at either end, two with one between. */
	check_kept(0x04, 1, (const uint32_t[]){0, 0, 0, 0, 0, 0});
	check_kept(0x0a, 3, (const uint32_t[]){1, 1, 0, 2, 2, 2});
	check_kept(0x0c, 3, (const uint32_t[]){1, 1, 1, 2, 2, 2});
	check_kept(0x16, 4, (const uint32_t[]){1, 1, 2, 3, 3, 3});
	check_kept(0, 0, (const uint32_t[]){none, none, none, none, none, none});
}

static void check_order(const char *maps, enum table_column column, const char *expected)
{
	struct address_space *space = maps_space_create(NULL, maps);
	struct table_request request = {.space = space};
	struct table_rows rows;

	for (int reversed = 0; reversed < 2; reversed++) {
		request.order = (struct table_order){column, reversed};
		table_rows_init(&rows, &request);
		assert_int_equal(rows.count, strlen(expected));
		for (size_t i = 0; i < rows.count; i++)
			assert_int_equal('a' + (int)rows.rows[i].vma,
					 expected[reversed ? rows.count - 1 - i : i]);
		table_rows_finish(&rows);
	}
	address_space_destroy(space);
}

/* First whether it is writable and executable, then x, w, r and s. */
static void permissions_have_an_order(void **state)
{
	(void)state;
	check_order("010000-011000 ---p 0 00:00 0 \n020000-021000 ---s 0 00:00 0 \n"
		    "030000-031000 r--p 0 00:00 0 \n040000-041000 r--s 0 00:00 0 \n"
		    "050000-051000 -w-p 0 00:00 0 \n060000-061000 -w-s 0 00:00 0 \n"
		    "070000-071000 rw-p 0 00:00 0 \n080000-081000 rw-s 0 00:00 0 \n"
		    "090000-091000 --xp 0 00:00 0 \n0a0000-0a1000 --xs 0 00:00 0 \n"
		    "0b0000-0b1000 r-xp 0 00:00 0 \n0c0000-0c1000 r-xs 0 00:00 0 \n"
		    "0d0000-0d1000 -wxp 0 00:00 0 \n0e0000-0e1000 -wxs 0 00:00 0 \n"
		    "0f0000-0f1000 rwxp 0 00:00 0 \n100000-101000 rwxs 0 00:00 0 \n",
		    TABLE_PERMS, "ponmlkjihgfedcba");
}

/* Without folders, but only of files; of equal letters the capital ones come first. */
static void names_have_an_order(void **state)
{
	(void)state;
	check_order("010000-011000 r--p 0 fe:00 1 /z/b\n020000-022000 r--p 0 fe:00 2 /a/c\n"
		    "030000-033000 r--p 0 fe:00 3 /a/B\n040000-044000 r--p 0 fe:00 4 /z/a/\n"
		    "050000-055000 rw-p 0 00:00 0 [anon:/0]\n"
		    "060000-066000 rw-p 0 00:00 0 \n",
		    TABLE_NAME, "defcab");
}

static void sums_that_do_not_fit_are_unknown(void **state)
{
	struct address_space *space = maps_space_create(NULL, lone);
	struct usage_table table = {0};
	struct table_request request = {.space = space, .usage = &table};
	struct usage usage = usage_unknown();
	struct table_rows rows;

	(void)state;
	usage_list_init(&table.vmas, space->vma_count);
	usage.rss = usage.hugetlb = 0;
	usage.pss = UINT64_MAX / 2;
	usage.swap = 1;
	for (size_t i = 1; i < 4; i++)
		usage_list_set(&table.vmas, i, &usage);
	usage.pss = 2;
	usage_list_set(&table.vmas, 3, &usage);
	table_rows_init(&rows, &request);
	assert_true(rows.rows[1].amounts.pss == TARGET_UNKNOWN);
	assert_int_equal(rows.rows[1].amounts.swap, 3);
	assert_int_equal(rows.rows[1].amounts.rss, 0);
	table_rows_finish(&rows);
	/* One byte less than is unknown. */
	usage.pss = 0;
	usage_list_set(&table.vmas, 3, &usage);
	table_rows_init(&rows, &request);
	assert_true(rows.rows[1].amounts.pss == UINT64_MAX - 1);
	table_rows_finish(&rows);
	usage_table_finish(&table);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_out_has_the_row_of_a_neighbour),
		cmocka_unit_test(permissions_have_an_order),
		cmocka_unit_test(names_have_an_order),
		cmocka_unit_test(sums_that_do_not_fit_are_unknown),
	};

	return cmocka_run_group_tests_name("table_rows_kept", tests, NULL, NULL);
}
