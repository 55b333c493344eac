/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "record/interval_tables.h"
#include "recording_tables.h"
#include "support/sample.h"

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
	assert_true(interval_tables_restart(&tables, 5) > (int64_t)(2 * space->vma_count));
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM usage WHERE first=5"),
			 space->vma_count);
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
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
