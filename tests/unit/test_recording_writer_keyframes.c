/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_sqlite.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "recording_tables.h"
#include "support/sample.h"

/* At which samples the list is repeated, and what has a row of its own. */

/* Writes so many samples, between which the heap grows and shrinks or nothing happens. */
static struct database *write_samples(const struct recording_place *place, int count, bool moves)
{
	struct address_space *spaces[] = {sample_python(), sample_python_grown(8192)};
	const struct recording_plan plan = {.path = place->path};
	struct recording_writer *writer = NULL;
	struct database *database = NULL;

	failing_sqlite_set(0, 0); /* none does, but no disk is waited for */
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (int i = 0; i < count; i++)
		assert_int_equal(recording_writer_add(writer, spaces[moves && i % 2]), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	address_space_destroy(spaces[0]);
	address_space_destroy(spaces[1]);
	assert_int_equal(database_open(place->path, &database), 0);
	return database;
}

static void close_all(const struct recording_place *place, struct database *database)
{
	database_close(database);
	recording_place_remove(place);
}

/* Of what does not change a keyframe follows after 8192 samples. */
static void the_same_list_is_repeated_seldom(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = write_samples(&place, 8193, false);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM keyframe"), 2);
	assert_int_equal(recording_tables_ask(database, "SELECT min(first) FROM keyframe"), 1);
	assert_int_equal(recording_tables_ask(database, "SELECT max(first) FROM keyframe"), 8193);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM list"), 2);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM sample"), 8193);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM process"), 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM event"), 0);
	close_all(&place, database);
}

/* With each sample a row of the heap ends, one begins, and there is an event: when they are more
 * than 4096 a keyframe is due. */
static void many_rows_call_for_a_keyframe(void **state)
{
	struct recording_place place = recording_place_make();
	struct database *database;
	int64_t rows, first;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	database = write_samples(&place, 2100, true);
	rows = recording_tables_ask(database, "SELECT count(*) FROM mapping WHERE first=1") +
	       recording_tables_ask(database, "SELECT count(*) FROM part WHERE first=1") +
	       recording_tables_ask(database, "SELECT count(*) FROM stack WHERE first=1");
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM mapping "
							"WHERE first=2"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM event "
							"WHERE sample=2"),
			 1);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM keyframe"), 2);
	first = recording_tables_ask(database, "SELECT max(first) FROM keyframe");
	/* By the sample before it there were so many rows, and by that before not. */
	assert_true(rows + 3 * (first - 2) > 4096);
	assert_true(rows + 3 * (first - 3) <= 4096);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM list"), 2100);
	close_all(&place, database);
}

/* What is in memory is rows, too: of each mapping one ends and one begins, and the sums are one. */
static void rows_of_memory_call_for_a_keyframe(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_python();
	const int64_t mappings = (int64_t)space->vma_count;
	struct usage_table tables[2];
	struct recording_writer *writer = NULL;
	struct database *database = NULL;
	int64_t first;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	failing_sqlite_set(0, 0);
	for (size_t i = 0; i < 2; i++) {
		usage_table_init(&tables[i], space, NULL, NULL, 0);
		for (size_t at = 0; at < space->vma_count; at++) {
			struct usage usage = usage_unknown();

			usage.rss = i;
			usage_list_set(&tables[i].vmas, at, &usage);
		}
		tables[i].total.rss = i;
	}
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	for (size_t i = 0; i < 90; i++) {
		assert_int_equal(recording_writer_add(writer, space), 0);
		assert_int_equal(recording_writer_add_usage(writer, &tables[i % 2], NULL), 0);
	}
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(database_open(place.path, &database), 0);
	first = recording_tables_ask(database, "SELECT max(first) FROM keyframe");
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM keyframe"), 2);
	/* The list, all of it at first, and then so many. */
	assert_true(2 * mappings + 1 + (first - 2) * (2 * mappings + 1) > 4096);
	assert_true(2 * mappings + 1 + (first - 3) * (2 * mappings + 1) <= 4096);
	for (size_t i = 0; i < 2; i++)
		usage_table_finish(&tables[i]);
	address_space_destroy(space);
	close_all(&place, database);
}

/* Changes the n-th thing that a description of a process has; false: there are no more. */
static bool change_target(struct target *target, int number)
{
	static const char *const arguments[] = {"a", "b", "c"}, *const others[] = {"a", "b", "d"};

	switch (number) {
	case 0: target->pid++; return true;
	case 1: target->start_ticks++; return true;
	case 2: target->uid++; return true;
	case 3: target->page_size *= 2; return true;
	case 4: target->start_brk++; return true;
	case 5: target->start_stack++; return true;
	case 6: target->limits.max_map_count++; return true;
	case 7: target->limits.stack++; return true;
	case 8: target->limits.as++; return true;
	case 9: target->limits.data++; return true;
	case 10: target->comm = "other"; return true;
	case 11: target->exe = "other"; return true;
	case 12: target->exe = NULL; return true;
	case 13:
		target->cmdline = arguments;
		target->cmdline_count = 3;
		return true;
	case 14: target->cmdline = others; return true;
	case 15: target->cmdline_count = 2; return true;
	default: return false;
	}
}

/* Each of them is a row; what samples have is none. */
static void another_description_is_a_row(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct address_space *space = sample_python();
	const struct target target = space->target;
	struct recording_writer *writer = NULL;
	struct database *database = NULL;
	int number = 0;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	failing_sqlite_set(0, 0);
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	do {
		assert_int_equal(recording_writer_add(writer, space), 0);
		space->target.rss++;
		space->target.swap = 7;
		space->target.threads++;
		space->target.state = 'Z';
		assert_int_equal(recording_writer_add(writer, space), 0);
	} while (change_target(&space->target, number++));
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM process"), number);
	assert_int_equal(
		recording_tables_ask(database, "SELECT count(*) FROM process WHERE first%2=0"), 0);
	space->target = target;
	address_space_destroy(space);
	close_all(&place, database);
}

/* Before the first sample there is nothing that could be in memory, or end. */
static void without_a_sample_nothing_is_written(void **state)
{
	struct recording_place place = recording_place_make();
	const struct recording_plan plan = {.path = place.path};
	struct recording_writer *writer = NULL;
	struct database *database = NULL;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	failing_sqlite_set(0, 0);
	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	assert_int_equal(recording_writer_add_usage(writer, NULL, NULL), 0);
	assert_int_equal(recording_writer_add_end(writer, 4), 0);
	assert_int_equal(recording_writer_close(writer), 0);
	assert_int_equal(recording_writer_close(NULL), 0);
	assert_int_equal(database_open(place.path, &database), 0);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM event"), 0);
	assert_int_equal(recording_tables_ask(database, "SELECT count(*) FROM memory"), 0);
	close_all(&place, database);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_list_is_repeated_seldom),
		cmocka_unit_test(many_rows_call_for_a_keyframe),
		cmocka_unit_test(rows_of_memory_call_for_a_keyframe),
		cmocka_unit_test(another_description_is_a_row),
		cmocka_unit_test(without_a_sample_nothing_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
