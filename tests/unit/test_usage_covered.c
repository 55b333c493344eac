/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The usage of mappings that nobody looked at, wholly or in part. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "support/told.h"

static const char three_maps[] = "10000-20000 rw-p 0 00:00 0 \n"
				 "20000-40000 rw-s 0 00:01 9 /dev/shm/x (deleted)\n"
				 "7000000-7400000 rw-p 0 00:00 0 \n";

static struct residency *resident_from_10000_to_28000(void)
{
	struct residency_run *run = memory_alloc(sizeof(*run));

	*run = (struct residency_run){0x10000, 0x28000, RUN_RESIDENT};
	return residency_create(run, 1, RESIDENCY_PAGEMAP_SCAN, 0, 0);
}

/* A mapping is known when all of it was looked at, and sums of kinds when all of theirs are. */
static void what_nobody_looked_at_is_unknown(void **state)
{
	struct target target = maps_space_target();
	struct address_space *space;
	struct residency *residency = resident_from_10000_to_28000();
	struct residency_range *covered = memory_alloc(2 * sizeof(*covered));
	const struct told smaps = {0x20000, 0x40000, {.rss = 1000, .swap = 1001}};
	struct usage_table table;
	struct usage one;

	(void)state;
	target.rss = 0x123000;
	space = maps_space_create(&target, three_maps);
	covered[0] = (struct residency_range){0x7000000, 0x7400000};
	covered[1] = (struct residency_range){0x1000, 0x30000}; /* half of the second one */
	residency_cover(residency, covered, 2);
	usage_table_init(&table, space, residency, NULL, 0);
	assert_int_equal(usage_table_at(&table, 0).rss, 0x10000);
	assert_true(usage_table_at(&table, 1).rss == TARGET_UNKNOWN &&
		    usage_table_at(&table, 1).swap == TARGET_UNKNOWN);
	assert_int_equal(usage_table_at(&table, 2).rss, 0);
	assert_true(table.by_kind[space->vmas[1].kind].rss == TARGET_UNKNOWN);
	/* What is known of the part that was there before stays the last value. */
	one = usage_table_at(&table, 0);
	assert_int_equal(usage_last_in_memory(&one), 0x10000);
	one = usage_table_at(&table, 1);
	assert_int_equal(usage_last_in_memory(&one), 0x8000);
	/* The kernel's own count stays. */
	assert_int_equal(table.total.rss, 0x123000);
	assert_true(table.total.swap == TARGET_UNKNOWN);
	usage_table_finish(&table);
	/* What smaps told of it counts. */
	told_table(&table, space, residency, &smaps, 1, 7);
	assert_int_equal(usage_table_at(&table, 1).rss, 1000);
	assert_int_equal(usage_table_at(&table, 1).swap, 1001);
	assert_int_equal(table.total.rss, 0x10000 + 1000);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

static void swapped_shared_memory_is_known_where_there_is_no_swap(void **state)
{
	struct address_space *space = maps_space_create(NULL, three_maps);
	struct residency *residency = resident_from_10000_to_28000();
	struct usage_table table;

	(void)state;
	usage_table_init(&table, space, residency, NULL, 0);
	assert_int_equal(space->vmas[1].kind, KIND_SHARED);
	assert_int_equal(usage_table_at(&table, 1).swap, 0);
	usage_table_finish(&table);
	residency->swap_hides = true;
	usage_table_init(&table, space, residency, NULL, 0);
	assert_true(usage_table_at(&table, 1).swap == TARGET_UNKNOWN);
	assert_int_equal(usage_table_at(&table, 1).rss, 0x8000);
	assert_int_equal(usage_table_at(&table, 0).swap, 0);
	usage_table_finish(&table);
	residency_destroy(residency);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nobody_looked_at_is_unknown),
		cmocka_unit_test(swapped_shared_memory_is_known_where_there_is_no_swap),
	};

	return cmocka_run_group_tests_name("usage_covered", tests, NULL, NULL);
}
