/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "record/recording_memory.h"
#include "recording_tables.h"
#include "support/sample.h"

#define NOTHING "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL"

static int read_at(struct database *database, const struct address_space *space,
		   struct kept_usage *ret_usage)
{
	struct recording_memory_reader reader;
	int error;

	assert_int_equal(recording_memory_open(&reader, database), 0);
	error = recording_memory_read(&reader, 1, 1, space, ret_usage);
	recording_memory_close(&reader);
	return error;
}

static void what_nothing_is_known_of_is_unknown(void **state)
{
	struct address_space *space = sample_python();
	struct recording_place place = recording_place_make();
	struct kept_usage usage;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	memset(&usage, 0xff, sizeof(usage));
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_null(kept_usage_table(&usage));
	assert_null(usage.residency);
	kept_usage_finish(&usage); /* of which there is nothing to free */
	database_run(database, "INSERT INTO memory VALUES(1,'unknown',NULL,0,0,0," NOTHING ")");
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_null(kept_usage_table(&usage));
	database_run(database, "UPDATE memory SET source='smaps',rss=5");
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_int_equal(usage.table.total.rss, 5);
	assert_int_equal(usage.table.source, RESIDENCY_SMAPS);
	assert_null(usage.residency);
	kept_usage_finish(&usage);
	database_run(database, "UPDATE memory SET pages='pagemap',partial=1");
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_int_equal(residency_covered(usage.residency, 0, UINT64_MAX), 0);
	assert_true(usage.residency->partial);
	kept_usage_finish(&usage);
	database_close(database);
	recording_place_remove(&place);
	address_space_destroy(space);
}

static void pages_of_no_order_are_refused(void **state)
{
	struct address_space *space = sample_python();
	struct recording_place place = recording_place_make();
	struct kept_usage usage;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	database_run(database,
		     "INSERT INTO memory VALUES(1,'pagemap','pagemap',0,0,0," NOTHING ");"
		     "INSERT INTO pages VALUES(1,1,NULL,4096,8192,'resident'),"
		     "(2,1,NULL,0,1048576,'scanned'),(3,1,NULL,16384,4096,'resident-huge')");
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_int_equal(residency_between(usage.residency, 0, 1 << 20).resident, 12288);
	assert_int_equal(residency_between(usage.residency, 0, 1 << 20).huge, 4096);
	assert_int_equal(usage.residency->blurred_count, 0);
	assert_int_equal(usage.residency->covered_count, 1);
	kept_usage_finish(&usage);
	database_run(database, "INSERT INTO pages VALUES(5,1,NULL,0,4096,'blurred'),"
			       "(6,1,NULL,4096,8192,'blurred')");
	assert_int_equal(read_at(database, space, &usage), 0);
	assert_int_equal(usage.residency->blurred_count, 2);
	assert_int_equal(usage.residency->blurred[0].end, 4096);
	assert_int_equal(usage.residency->blurred[1].start, 4096);
	assert_int_equal(usage.residency->blurred[1].end, 12288);
	assert_false(usage.residency->partial || usage.residency->swap_hides);
	kept_usage_finish(&usage);
	database_run(database, "INSERT INTO pages VALUES(4,1,NULL,8192,8192,'swapped')");
	memset(&usage, 0, sizeof(usage));
	assert_int_equal(read_at(database, space, &usage), -EBADMSG);
	assert_false(usage.known);
	assert_null(usage.residency);
	database_run(database, "DELETE FROM pages; UPDATE memory SET partial=2");
	assert_int_equal(read_at(database, space, &usage), -EBADMSG);
	database_close(database);
	recording_place_remove(&place);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nothing_is_known_of_is_unknown),
		cmocka_unit_test(pages_of_no_order_are_refused),
	};

	return cmocka_run_group_tests_name("recording_memory", tests, NULL, NULL);
}
