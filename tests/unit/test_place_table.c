/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "growth/place_table.h"
#include "maps_space.h"

#define RW "rw-p 00000000 00:00 0"

static const struct hash_key key = {{3, 4}};

static void renew(struct place_table *table, const char *maps)
{
	struct address_space *space = maps_space_create(NULL, maps);

	place_table_renew(table, space);
	address_space_destroy(space);
}

static uint64_t bytes_of(const struct place_table *table, uint64_t start, uint32_t stack)
{
	for (size_t i = 0; i < PLACE_TABLE_SHARES; i++)
		if (table->shares[i].bytes && table->shares[i].stack == stack &&
		    table->mappings[table->shares[i].mapping].start == start)
			return table->shares[i].bytes;
	return 0;
}

/* A heap that grew is the heap that was; what is gone is nowhere. */
static void a_mapping_keeps_what_was_touched_in_it(void **state)
{
	struct place_table table;

	(void)state;
	place_table_init(&table, &key);
	renew(&table, "5000000-5010000 " RW " [heap]\n7000000-7010000 " RW "\n");
	place_table_add(&table, 0, 0x5000000, 1, 4096);
	place_table_add(&table, 0, 0x5001000, 1, 4096);
	place_table_add(&table, 0, 0x5002000, 2, 4096);
	place_table_add(&table, 1, 0x7000000, 1, 4096);
	renew(&table, "4000000-4001000 " RW "\n5000000-5030000 " RW " [heap]\n");
	assert_int_equal(bytes_of(&table, 0x5000000, 1), 8192);
	assert_int_equal(bytes_of(&table, 0x5000000, 2), 4096);
	assert_int_equal(bytes_of(&table, 0x7000000, 1), 0);
	assert_true(table.mappings[0].end == 0x5030000);
	place_table_add(&table, 1, 0x5020000, 1, 4096);
	assert_int_equal(bytes_of(&table, 0x5000000, 1), 12288);
	place_table_clear(&table);
	assert_int_equal(bytes_of(&table, 0x5000000, 1), 0);
	assert_int_equal(table.mapping_count + table.share_count, 0);
	/* Mappings are numbered from the first on again. */
	place_table_add(&table, 0, 0x4000000, 2, 4096);
	assert_int_equal(table.mapping_count, 1);
	assert_true(table.mappings[0].start == 0x4000000 && table.mappings[0].end == 0x4001000);
	place_table_add(&table, 1, 0x5020000, 1, 4096);
	assert_int_equal(bytes_of(&table, 0x5000000, 1), 4096);
	place_table_finish(&table);
}

/* What is not there any more lies nowhere: from no address to none. */
static void a_mapping_that_is_gone_lies_nowhere(void **state)
{
	struct place_table table;

	(void)state;
	place_table_init(&table, &key);
	renew(&table, "5000000-5010000 " RW " [heap]\n7000000-7010000 " RW "\n");
	place_table_add(&table, 1, 0x7000000, 1, 4096);
	place_table_add(&table, 0, 0x5000000, 1, 4096);
	renew(&table, "5000000-5010000 " RW " [heap]\n");
	assert_int_equal(table.mapping_count, 2);
	assert_true(table.mappings[0].start == 0 && table.mappings[0].end == 0);
	assert_true(table.mappings[1].start == 0x5000000 && table.mappings[1].end == 0x5010000);
	place_table_finish(&table);
}

static void it_is_bounded(void **state)
{
	struct place_table table;
	uint64_t touches = 0;

	(void)state;
	place_table_init(&table, &key);
	renew(&table, "10000000-20000000 " RW "\n");
	for (uint32_t i = 0; i < 3 * PLACE_TABLE_SHARES; i++)
		place_table_add(&table, 0, 0x10000000 + (uint64_t)i * 4096, i, 4096);
	assert_true(table.share_count < PLACE_TABLE_SHARES);
	assert_true(table.share_count > PLACE_TABLE_SHARES / 2);
	for (size_t i = 0; i < PLACE_TABLE_TOUCHES; i++)
		touches += table.touches[i].bytes != 0;
	assert_true(touches > PLACE_TABLE_TOUCHES / 2);
	place_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_keeps_what_was_touched_in_it),
		cmocka_unit_test(a_mapping_that_is_gone_lies_nowhere),
		cmocka_unit_test(it_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
