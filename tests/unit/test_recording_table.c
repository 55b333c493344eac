/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/arena.h"
#include "model/vma.h"
#include "record/recording_rows.h"
#include "record/recording_table.h"
#include "recording_tables.h"

/* Rows of pages: first, last, start. */
static void fill(struct database *database)
{
	assert_int_equal(database_run(database,
				      "INSERT INTO pages VALUES(1,1,NULL,9000,10,'swapped'),"
				      "(2,1,3,1000,10,'swapped'),(3,5,5,5000,10,'swapped'),"
				      "(4,5,NULL,-10,5,'swapped'),"
				      "(5,6,NULL,1000,10,'swapped')"),
			 0);
}

static void check(struct recording_table_reader *reader, int64_t keyframe, int64_t sample,
		  size_t count, uint64_t first, uint64_t last)
{
	struct recording_list list;
	const struct recording_range *values;

	assert_int_equal(recording_table_read(reader, keyframe, sample, NULL, &list), 0);
	values = list.values;
	assert_int_equal(list.count, count);
	if (count) {
		assert_true(values[0].start == first);
		assert_true(values[count - 1].start == last);
	}
	recording_list_finish(&list);
}

static void what_was_so_at_the_sample_is_read(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_table_reader reader;
	struct recording_list list;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	fill(database);
	assert_int_equal(recording_table_open(&reader, database, "pages", RECORDING_PAGES_COLUMNS,
					      recording_pages_read, sizeof(struct recording_range)),
			 0);
	check(&reader, 1, 1, 2, 1000, 9000);
	check(&reader, 1, 4, 1, 9000, 9000);
	/* Ascending as addresses are, without a sign. */
	check(&reader, 1, 5, 3, 5000, (uint64_t)-10);
	check(&reader, 5, 6, 2, 1000, (uint64_t)-10);
	check(&reader, 7, 7, 0, 0, 0);
	database_run(database, "UPDATE pages SET what='?' WHERE id=5");
	assert_int_equal(recording_table_read(&reader, 5, 6, NULL, &list), -EBADMSG);
	recording_list_finish(&list);
	check(&reader, 1, 5, 3, 5000, (uint64_t)-10);
	recording_table_close(&reader);
	database_close(database);
	recording_place_remove(&place);
}

static void names_are_kept(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_table_reader reader;
	struct database *database;
	struct recording_list list;
	struct arena names = {0};

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			database_run(
				database,
				"INSERT INTO mapping SELECT NULL,1,NULL,4096*(1+count(*)),"
				"4096,'rw-p',0,0,0,0,'name '||count(*),0,'anon','name','other',"
				"NULL,0,0,0,NULL,NULL,0 FROM mapping"),
			0);
	assert_int_equal(recording_table_open(&reader, database, "mapping",
					      RECORDING_MAPPING_COLUMNS, recording_mapping_read,
					      sizeof(struct vma)),
			 0);
	assert_int_equal(recording_table_read(&reader, 1, 1, &names, &list), 0);
	assert_int_equal(list.count, 2);
	assert_string_equal(((struct vma *)list.values)[0].name, "name 0");
	assert_string_equal(((struct vma *)list.values)[1].name, "name 1");
	recording_list_finish(&list);
	arena_finish(&names);
	recording_table_close(&reader);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_so_at_the_sample_is_read),
		cmocka_unit_test(names_are_kept),
	};

	return cmocka_run_group_tests_name("recording_table", tests, NULL, NULL);
}
