/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "support/told.h"
#include "usage_made.h"

static const char three_maps[] = "10000-20000 rw-p 0 00:00 0 \n"
				 "20000-40000 rw-s 0 00:01 9 /dev/shm/x (deleted)\n"
				 "7000000-7400000 rw-p 0 00:0f 8 /anon_hugepage (deleted)\n";

/* A table that takes over what smaps said is the same. */
static void check_adopted(const struct address_space *space, const struct residency *residency,
			  struct usage_ranges *smaps, const struct usage_table *expected)
{
	struct usage_table table;

	usage_table_adopt(&table, space, residency, smaps, expected->smaps_ns);
	assert_int_equal(table.source, expected->source);
	assert_int_equal(table.smaps_ns, expected->smaps_ns);
	assert_int_equal(table.vmas.count, expected->vmas.count);
	for (size_t i = 0; i < table.vmas.count; i += USAGE_DIFFERENCES)
		assert_true(!usage_list_differences(&table.vmas, &expected->vmas, i));
	assert_memory_equal(&table.total, &expected->total, sizeof(table.total));
	assert_memory_equal(table.by_kind, expected->by_kind, sizeof(table.by_kind));
	usage_table_finish(&table);
}

static void what_smaps_said_of_all_is_taken_over(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	const struct told smaps[] = {
		{0x10000, 0x20000, numbered(100)},
		{0x20000, 0x40000, numbered(1000)},
		{0x7000000, 0x7400000, numbered(10000)},
	};
	struct residency *residency =
		one_run(0x1f000, 0x21000, RUN_SWAPPED, RESIDENCY_PAGEMAP_SCAN);
	struct usage_table table;

	(void)state;
	/* All ranges are those of the space; one is missing; nothing was said. */
	for (size_t count = 3; count >= 2; count--) {
		told_table(&table, space, residency, smaps, count, 77);
		check_adopted(space, residency, told_ranges(smaps, count), &table);
		usage_table_finish(&table);
		told_table(&table, space, NULL, smaps, count, 77);
		check_adopted(space, NULL, told_ranges(smaps, count), &table);
		usage_table_finish(&table);
	}
	usage_table_init(&table, space, residency, NULL, 0);
	check_adopted(space, residency, NULL, &table);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* Ranges as many as the space has, which are not all its own. */
static void what_was_said_of_others_is_found_by_its_place(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	const struct told whole[] = {
		{0x10000, 0x20000, numbered(100)},
		{0x20000, 0x40000, numbered(1000)},
		{0x7000000, 0x7400000, numbered(10000)},
	};
	struct usage_table table;

	(void)state;
	for (size_t other = 0; other < 3; other++) {
		for (int side = 0; side < 2; side++) {
			struct told smaps[] = {whole[0], whole[1], whole[2]};

			smaps[other].start += side ? 0x1000 : 0;
			smaps[other].end -= side ? 0 : 0x1000;
			told_table(&table, space, NULL, smaps, 3, 77);
			check_adopted(space, NULL, told_ranges(smaps, 3), &table);
			usage_table_finish(&table);
		}
	}
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_smaps_said_of_all_is_taken_over),
		cmocka_unit_test(what_was_said_of_others_is_found_by_its_place),
	};

	return cmocka_run_group_tests_name("usage_adopt", tests, NULL, NULL);
}
