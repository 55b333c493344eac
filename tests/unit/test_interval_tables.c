/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/address_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "record/interval_tables.h"
#include "recording_tables.h"
#include "support/sample.h"

#define HEAP UINT64_C(0x55b5f7c8d000) /* of sample_python() */

static void only_what_is_different_is_written(void **state)
{
	struct address_space *first = sample_python(), *grown = sample_python_grown(8192);
	struct address_space *stacks = sample_stacks(3);
	struct recording_place place = recording_place_make();
	struct database *database;
	struct interval_tables tables;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(interval_tables_init(&tables, database), 0);
	assert_int_equal(interval_tables_update(&tables, 1, first), first->vma_count);
	assert_int_equal(interval_tables_update(&tables, 2, first), 0);
	/* One row ends, another begins. */
	assert_int_equal(interval_tables_update(&tables, 3, grown), 2);
	assert_true(interval_tables_update(&tables, 4, stacks) > 0);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM part"),
			 stacks->part_count);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM stack"),
			 stacks->lodged_count);
	interval_tables_finish(&tables);
	database_close(database);
	recording_place_remove(&place);
	address_space_destroy(first);
	address_space_destroy(grown);
	address_space_destroy(stacks);
}

static void memory_is_written_where_it_is_known(void **state)
{
	struct address_space *space = sample_python();
	struct residency *residency = residency_create(NULL, 0, RESIDENCY_PAGEMAP, 5, 0);
	struct recording_place place = recording_place_make();
	struct usage_table usage;
	struct database *database;
	struct interval_tables tables;
	int64_t rows;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(interval_tables_init(&tables, database), 0);
	interval_tables_update(&tables, 1, space);
	assert_int_equal(interval_tables_update_usage(&tables, 1, space, NULL, NULL), 1);
	assert_int_equal(interval_tables_update_usage(&tables, 2, space, NULL, NULL), 0);
	usage_table_init(&usage, space, residency, NULL, 0);
	rows = interval_tables_update_usage(&tables, 3, space, &usage, residency);
	assert_int_equal(rows, space->vma_count + residency->covered_count + 1);
	assert_int_equal(interval_tables_update_usage(&tables, 4, space, &usage, residency), 0);
	assert_int_equal(interval_tables_restart(&tables, 5),
			 2 * space->vma_count + residency->covered_count + 1);
	assert_int_equal(recording_tables_ask(database,
					      "SELECT count(*) FROM memory WHERE first=5 AND "
					      "source='pagemap' AND pages='pagemap'"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM usage WHERE first=5"),
			 space->vma_count);
	usage_table_finish(&usage);
	interval_tables_finish(&tables);
	database_close(database);
	recording_place_remove(&place);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* What is unknown is not repeated. */
static void what_is_not_known_is_not_repeated(void **state)
{
	struct address_space *space = sample_python();
	struct recording_place place = recording_place_make();
	struct database *database;
	struct interval_tables tables;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(interval_tables_init(&tables, database), 0);
	interval_tables_update(&tables, 1, space);
	assert_int_equal(interval_tables_update_usage(&tables, 1, space, NULL, NULL), 1);
	assert_int_equal(interval_tables_restart(&tables, 5), space->vma_count + 1);
	assert_int_equal(recording_tables_ask(database, "SELECT max(first) FROM memory"), 1);
	interval_tables_finish(&tables);
	database_close(database);
	recording_place_remove(&place);
	address_space_destroy(space);
}

/* Each thing that a row about the memory has makes another one. */
static void each_change_of_the_memory_is_a_row(void **state)
{
	struct address_space *space = sample_python();
	struct residency *residency = residency_create(NULL, 0, RESIDENCY_PAGEMAP, 5, 0);
	struct recording_place place = recording_place_make();
	struct usage_table usage;
	struct database *database;
	struct interval_tables tables;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(interval_tables_init(&tables, database), 0);
	usage_table_init(&usage, space, residency, NULL, 0);
	interval_tables_update_usage(&tables, 1, space, &usage, residency);
	for (int64_t sample = 2; sample <= 8; sample++) {
		switch (sample) {
		case 2: usage.source = RESIDENCY_SMAPS; break;
		case 3: usage.smaps_ns = 77; break;
		case 4: usage.total.rss = 4096; break;
		case 5: residency->source = RESIDENCY_PAGEMAP_SCAN; break;
		case 6: residency->partial = true; break;
		case 7: residency->swap_hides = true; break;
		default: break;
		}
		assert_int_equal(
			interval_tables_update_usage(&tables, sample, space, &usage, residency),
			sample < 8);
	}
	assert_int_equal(recording_tables_ask(database,
					      "SELECT count(*) FROM memory WHERE first=7 AND "
					      "source='smaps' AND pages='pagemap-scan' AND "
					      "partial=1 AND swap_hides=1 AND smaps_ns=77 AND "
					      "rss=4096"),
			 1);
	assert_int_equal(interval_tables_update_usage(&tables, 9, space, &usage, NULL), 2);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM memory WHERE "
							"first=9 AND pages IS NULL AND partial=0"),
			 1);
	usage_table_finish(&usage);
	interval_tables_finish(&tables);
	database_close(database);
	recording_place_remove(&place);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* Which words runs and ranges have. */
static void pages_are_written_by_their_sorts(void **state)
{
	static const struct residency_run list[] = {
		{HEAP, HEAP + 0x1000, RUN_RESIDENT},
		{HEAP + 0x2000, HEAP + 0x4000, RUN_SWAPPED},
		{HEAP + 0x5000, HEAP + 0x8000, RUN_RESIDENT | RUN_HUGE}};
	struct residency_run *runs = malloc(sizeof(list));
	struct address_space *space = sample_python();
	struct recording_place place = recording_place_make();
	struct residency *residency;
	struct usage_table usage;
	struct database *database;
	struct interval_tables tables;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	memcpy(runs, list, sizeof(list));
	residency = residency_create(runs, 3, RESIDENCY_PAGEMAP, 5, 0);
	database = recording_tables_make(&place);
	assert_int_equal(interval_tables_init(&tables, database), 0);
	usage_table_init(&usage, space, residency, NULL, 0);
	interval_tables_update_usage(&tables, 1, space, &usage, residency);
	assert_int_equal(recording_tables_ask(database,
					      "SELECT group_concat(what) = 'resident,swapped,"
					      "resident-huge,scanned' AND group_concat(size) = "
					      "'4096,8192,12288,' || min(size) FROM pages"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM pages"), 4);
	/* Another sort is another row, and so is nothing. */
	residency->runs[0].flags |= RUN_HUGE;
	assert_int_equal(interval_tables_update_usage(&tables, 2, space, &usage, residency), 2);
	assert_int_equal(interval_tables_update_usage(&tables, 3, space, NULL, NULL),
			 space->vma_count + 4 + 1);
	usage_table_finish(&usage);
	interval_tables_finish(&tables);
	database_close(database);
	recording_place_remove(&place);
	residency_destroy(residency);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_different_is_written),
		cmocka_unit_test(memory_is_written_where_it_is_known),
		cmocka_unit_test(what_is_not_known_is_not_repeated),
		cmocka_unit_test(each_change_of_the_memory_is_a_row),
		cmocka_unit_test(pages_are_written_by_their_sorts),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
