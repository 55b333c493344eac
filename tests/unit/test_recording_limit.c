/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/recording_limit.h"
#include "recording_tables.h"

static void the_oldest_keyframe_goes(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	int64_t used, left;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = recording_tables_make(&place);
	assert_int_equal(
		database_run(database,
			     "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE "
			     "x<30000) INSERT INTO sample SELECT x,x,0,'S',1,NULL,NULL FROM c;"
			     "INSERT INTO keyframe VALUES(1),(10000),(20000);"
			     "INSERT INTO note VALUES(1,5,5,'old'),(2,20001,20001,'new')"),
		0);
	used = recording_limit_used(database);
	assert_true(used > 4096 && used % 4096 == 0);
	assert_int_equal(recording_limit_keep(database, 1 << 30), used);
	assert_int_equal(recording_tables_ask(database, "SELECT min(id) FROM sample"), 1);
	/* Fifteen parts of sixteen may be in use. */
	assert_int_equal(recording_limit_keep(database, (uint64_t)used * 16 / 15 + 16), used);
	assert_int_equal(recording_tables_ask(database, "SELECT min(id) FROM sample"), 1);
	left = recording_limit_keep(database, (uint64_t)used);
	assert_true(left > 0 && left < used);
	assert_int_equal(recording_limit_used(database), left);
	assert_int_equal(recording_tables_ask(database, "SELECT min(id) FROM sample"), 10000);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM note"), 1);
	/* What is behind the last keyframe stays, however small the limit is. */
	used = recording_limit_keep(database, 1);
	assert_true(used > 0 && used < left);
	assert_int_equal(recording_tables_ask(database, "SELECT min(id) FROM sample"), 20000);
	database_close(database);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oldest_keyframe_goes),
	};

	return cmocka_run_group_tests_name("recording_limit", tests, NULL, NULL);
}
