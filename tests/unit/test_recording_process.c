/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "record/recording_process.h"
#include "recording_tables.h"

static void the_row_that_holds_is_read(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_process_reader reader = {0};
	struct recorded_process process;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(
		database_run(database,
			     "INSERT INTO sample VALUES(1,5,6,'R',2,NULL,7),(2,6,6,'S',NULL,1,1);"
			     "INSERT INTO process VALUES"
			     "(1,9,NULL,'sh','/bin/sh',0,'root',4096,0,0,5,-2,NULL,1),"
			     "(2,9,NULL,'ls',NULL,0,NULL,4096,0,0,5,-2,NULL,1);"
			     "INSERT INTO argument VALUES(1,0,'sh'),(1,1,'-c'),(2,0,'ls')"),
		0);
	assert_int_equal(recording_process_open(&reader, database), 0);
	assert_int_equal(recording_process_read(&reader, 1, &process), 0);
	assert_string_equal(process.target.comm, "sh");
	assert_string_equal(process.target.cmdline[1], "-c");
	assert_int_equal(process.target.cmdline_count, 2);
	assert_true(process.target.limits.stack == TARGET_UNLIMITED);
	assert_true(process.target.rss == TARGET_UNKNOWN && process.target.swap == 7);
	assert_string_equal(process.user, "root");
	recorded_process_finish(&process);
	assert_int_equal(recording_process_read(&reader, 2, &process), 0);
	assert_string_equal(process.target.comm, "ls");
	assert_null(process.target.exe);
	assert_null(process.user);
	assert_int_equal(process.target.threads, 0);
	recorded_process_finish(&process);
	assert_true(recording_process_read(&reader, 3, &process) < 0);
	recorded_process_finish(&process);
	recording_process_close(&reader);
	database_close(database);
	recording_place_remove(&place);
}

/* A process and a sample of which each number is another one. */
static struct database *make_numbered(const struct recording_place *place)
{
	struct database *database = recording_tables_make(place);

	assert_int_equal(database_run(database,
				      "BEGIN;"
				      "INSERT INTO sample VALUES(3,5,6,'R',2,7,8);"
				      "INSERT INTO process VALUES(2,9,10,'sh','/bin/sh',11,'root',"
				      "4096,12,13,14,15,16,17);"
				      "INSERT INTO argument VALUES(2,0,'sh'),(2,1,'-c')"),
			 0);
	return database;
}

static void each_number_is_what_it_was(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_process_reader reader = {0};
	struct recorded_process process;
	const struct target *target = &process.target;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = make_numbered(&place);
	assert_int_equal(recording_process_open(&reader, database), 0);
	assert_int_equal(recording_process_read(&reader, 3, &process), 0);
	assert_int_equal(process.time_ns, 5);
	assert_int_equal(process.cost_ns, 6);
	assert_int_equal(target->state, 'R');
	assert_int_equal(target->threads, 2);
	assert_int_equal(target->rss, 7);
	assert_int_equal(target->swap, 8);
	assert_int_equal(target->pid, 9);
	assert_int_equal(target->start_ticks, 10);
	assert_string_equal(target->exe, "/bin/sh");
	assert_int_equal(target->uid, 11);
	assert_int_equal(target->page_size, 4096);
	assert_int_equal(target->start_brk, 12);
	assert_int_equal(target->start_stack, 13);
	assert_int_equal(target->limits.max_map_count, 14);
	assert_int_equal(target->limits.stack, 15);
	assert_int_equal(target->limits.as, 16);
	assert_int_equal(target->limits.data, 17);
	assert_int_equal(target->cmdline_count, 2);
	recorded_process_finish(&process);
	assert_int_equal(recording_process_read(&reader, 2, &process), -ENOENT);
	recorded_process_finish(&process);
	recording_process_close(&reader);
	assert_null(reader.sample);
	assert_int_equal(database_run(database, "COMMIT"), 0);
	database_close(database);
	recording_place_remove(&place);
}

static const char *const impossible[] = {
	"UPDATE sample SET time_ns=-1",
	"UPDATE sample SET cost_ns=-1",
	"UPDATE sample SET state=''",
	"UPDATE sample SET state=' '",
	"UPDATE sample SET state=char(127)",
	"UPDATE sample SET state='RS'",
	"UPDATE sample SET threads=4294967296",
	"UPDATE sample SET threads=-3",
	"UPDATE process SET first=4",
	"UPDATE process SET pid=-1",
	"UPDATE process SET pid=2147483648",
	"UPDATE process SET comm=5",
	"UPDATE process SET exe=5",
	"UPDATE process SET user=5",
	"UPDATE process SET page_size=0",
	"UPDATE process SET page_size=4097",
	"DELETE FROM argument WHERE position=0",
	"UPDATE argument SET position=position+1",
	"UPDATE argument SET position=-position",
	"UPDATE argument SET value=5 WHERE position=1",
	"INSERT INTO argument VALUES(2,100001,'x')",
};

static const char *const possible[] = {
	"UPDATE sample SET time_ns=0,cost_ns=0,state='!',threads=4294967295",
	"UPDATE sample SET state='~',threads=0,rss=NULL,swap=-2",
	"UPDATE process SET pid=0,exe=NULL,user=NULL,start_ticks=NULL,uid=NULL",
	"UPDATE process SET pid=2147483647,start_brk=-1,start_stack=-1",
	"UPDATE process SET first=-3; UPDATE argument SET process=-3",
	"DELETE FROM argument",
	"UPDATE argument SET value=''",
};

static void what_cannot_be_is_refused(void **state)
{
	struct recording_place place = recording_place_make();
	struct recording_process_reader reader = {0};
	struct recorded_process process;
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = make_numbered(&place);
	assert_int_equal(recording_process_open(&reader, database), 0);
	for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]) +
				       sizeof(possible) / sizeof(possible[0]);
	     i++) {
		const bool is_wrong = i < sizeof(impossible) / sizeof(impossible[0]);
		const char *sql =
			is_wrong ? impossible[i]
				 : possible[i - sizeof(impossible) / sizeof(impossible[0])];

		assert_int_equal(database_run(database, "SAVEPOINT before"), 0);
		assert_int_equal(database_run(database, sql), 0);
		if (recording_process_read(&reader, 3, &process) != (is_wrong ? -EBADMSG : 0))
			fail_msg("%s", sql);
		recorded_process_finish(&process);
		assert_int_equal(database_run(database, "ROLLBACK TO before"), 0);
	}
	recording_process_close(&reader);
	assert_int_equal(database_run(database, "COMMIT"), 0);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_row_that_holds_is_read),
		cmocka_unit_test(each_number_is_what_it_was),
		cmocka_unit_test(what_cannot_be_is_refused),
	};

	return cmocka_run_group_tests_name("recording_process", tests, NULL, NULL);
}
