/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "call_log.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/timeline.h"
#include "model/usage.h"
#include "record/database.h"
#include "record/recording.h"
#include "record/recording_marks.h"
#include "record/recording_schema.h"
#include "record/recording_timeline.h"
#include "record/recording_writer.h"
#include "recording_place.h"
#include "support/sample.h"

/*
 * Each column of each table of a recording has a value in all rows that no recorder writes. What is
 * read then is refused as no recording (a letter says where: on opening, with a sample, with marks,
 * with the timeline), or it may stand (=); SQLite itself does not take it (.).
 */

static const char *const values[] = {"NULL", "-1", "4611686018427387904", "'x'"};

#define VALUES (sizeof(values) / sizeof(values[0]))

static void add(struct recording_writer *writer, size_t stacks, int second)
{
	struct address_space *space = sample_stacks(stacks);
	struct residency_run *runs = calloc(1, sizeof(*runs));
	struct residency *residency;
	struct usage_table usage;

	assert_non_null(runs);
	*runs = (struct residency_run){space->vmas[0].start, space->vmas[0].start + 4096,
				       RUN_RESIDENT};
	residency = residency_create(runs, 1, RESIDENCY_PAGEMAP_SCAN, second, 2);
	usage_table_init(&usage, space, residency, NULL, 0);
	space->time_ns = second * INT64_C(1000000000);
	assert_int_equal(recording_writer_add(writer, space), 0);
	assert_int_equal(recording_writer_add_usage(writer, &usage, residency), 0);
	usage_table_finish(&usage);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* Two samples, with a row in each table. */
static void write_recording(const char *path)
{
	const struct recording_plan plan = {.path = path, .interval_ns = 5};
	struct recording_writer *writer = NULL;

	assert_int_equal(recording_writer_create(&plan, &writer), 0);
	add(writer, 2, 1);
	add(writer, 3, 2);
	assert_int_equal(recording_writer_add_baseline(writer, 2), 0);
	assert_int_equal(recording_writer_add_note(writer, 2, "words"), 0);
	assert_int_equal(recording_writer_add_end(writer, 3), 0);
	assert_int_equal(recording_writer_close(writer), 0);
}

static int read_sample(struct recording *recording, int64_t sample)
{
	struct address_space *space;
	struct kept_usage usage;
	int error = recording_read(recording, sample, &space, &usage);

	if (error)
		return error;
	kept_usage_finish(&usage);
	address_space_destroy(space);
	return 0;
}

static int read_marks(struct recording *recording)
{
	struct recording_marks marks = {0};
	int error = recording_marks_read(recording, 1, 2, &marks);

	recording_marks_finish(&marks);
	return error;
}

static int read_timeline(struct recording *recording)
{
	struct timeline timeline;
	int error = recording_timeline(recording, &timeline);

	if (!error)
		timeline_finish(&timeline);
	return error;
}

static char refused(int error, char where)
{
	return !error ? '=' : error == -EBADMSG ? where : '?';
}

/* What becomes of reading it. */
static char read_all(const char *path)
{
	struct recording *recording;
	int error = recording_open(path, &recording);
	char result;

	if (error)
		return refused(error, 'o');
	error = read_sample(recording, 1);
	error = error ? error : read_sample(recording, 2);
	result = refused(error, 's');
	if (result == '=')
		result = refused(read_marks(recording), 'm');
	if (result == '=')
		result = refused(read_timeline(recording), 't');
	recording_close(recording);
	return result;
}

/* The same with the column changed. */
static char try(const char *path, const char *table, const char *column, const char *value)
{
	struct database *database = NULL;
	char sql[200];
	int error;

	assert_int_equal(database_open(path, &database), 0);
	snprintf(sql, sizeof(sql), "PRAGMA synchronous=OFF; UPDATE %s SET \"%s\"=%s", table, column,
		 value);
	error = database_run(database, sql);
	database_close(database);
	return error ? '.' : read_all(path);
}

static void copy(const char *bytes, size_t size, const char *path)
{
	int file;

	unlink(path); /* a file that is overwritten may be flushed to its disk */
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	assert_int_equal(write(file, bytes, size), size);
	close(file);
}

static size_t load(const char *path, char *bytes, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = read(file, bytes, size);

	close(file);
	assert_true(length > 0 && (size_t)length < size);
	return (size_t)length;
}

/* The columns of the table, with what becomes of each value. */
static void try_table(const char *bytes, size_t size, const char *path, const char *table)
{
	struct database *database = NULL;
	struct statement *statement = NULL;
	char names[32][32], sql[100], line[600];
	const char *name;
	size_t count = 0;

	copy(bytes, size, path);
	assert_int_equal(database_open(path, &database), 0);
	snprintf(sql, sizeof(sql), "SELECT name FROM pragma_table_info('%s')", table);
	assert_int_equal(database_prepare(database, sql, &statement), 0);
	while (statement_step(statement) > 0 && statement_string(statement, 0, &name))
		snprintf(names[count++], sizeof(names[0]), "%s", name);
	statement_free(statement);
	database_close(database);
	snprintf(line, sizeof(line), "%s:", table);
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(line);

		length += (size_t)snprintf(line + length, sizeof(line) - length, " %s ", names[i]);
		for (size_t j = 0; j < VALUES; j++) {
			copy(bytes, size, path);
			line[length++] = try(path, table, names[i], values[j]);
		}
		line[length] = '\0';
	}
	call_log_say("%s", line);
}

static const char expected[] =
	"recording: vastop .=== system .=== release .=== machine .=== host .oo="
	" interval_ns .o=.\n"
	"process: first .=s. pid .ss. start_ticks ===. comm .ss= exe =ss= uid ===."
	" user =ss= page_size .ss. start_brk .==. start_stack .==. max_map_count ===."
	" limit_stack ===. limit_as ===. limit_data ===.\n"
	"argument: process .==. position .ss. value .ss=\n"
	"sample: id .... time_ns .s=. cost_ns .s=. state .ss= threads ==s. rss =t=."
	" swap ===.\n"
	"list: first .... mappings .ss. size .ss. heap .ss.\n"
	"keyframe: first .ss.\n"
	"mapping: id .... first .ss. last sss. start .ss. size .ss. perms .sss"
	" offset .==. dev_major .ss. dev_minor .ss. inode .==. name .ss= deleted .ss."
	" kind .sss kind_source .sss owner .sss tid =ss. alternate .ss. file_system .ss."
	" huge_shift .ss. file_identity =sss runtime =sss twin .ss.\n"
	"part: id .... first .==. last ===. start .ss. size .ss. perms .sss kind .sss"
	" kind_source .sss tid =ss. alternate .ss.\n"
	"stack: id .... first .==. last ===. address .==. tid .ss. alternate .ss.\n"
	"memory: first .==. source .sss pages =sss partial .ss. swap_hides .ss."
	" smaps_ns .s=. rss ===. swap ===. hugetlb ===. known_before ===. pss ===."
	" uss ===. private_dirty ===. shared_dirty ===. referenced ===. anonymous ===."
	" huge ===. locked ===. page_size ===. flags =sss protection_key ===.\n"
	"usage: id .... first .==. last ===. start .==. rss ===. swap ===. hugetlb ===."
	" known_before ===. pss ===. uss ===. private_dirty ===. shared_dirty ===."
	" referenced ===. anonymous ===. huge ===. locked ===. page_size ===. flags =sss"
	" protection_key ===.\n"
	"pages: id .... first .==. last ===. start .ss. size .s=. what .sss\n"
	"event: id .... sample .==. time_ns .m=. change .=== start ===. size ===."
	" old_start ===. old_size ===. delta ===. perms ==== old_perms ==== kind ===="
	" name .=== tid ===. alternate .==.\n"
	"baseline: id .==. sample .==. time_ns .m=.\n"
	"note: id .==. sample .==. time_ns .m=. words .mm=\n";

static void each_column_is_checked(void **state)
{
	static char bytes[1 << 18];
	struct recording_place place = recording_place_make();
	const struct recording_table *tables;
	size_t size, count;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	write_recording(place.path);
	size = load(place.path, bytes, sizeof(bytes));
	tables = recording_tables(&count);
	call_log_clear();
	for (size_t i = 0; i < count; i++)
		if (!strncmp(tables[i].sql, "CREATE TABLE", 12))
			try_table(bytes, size, place.path, tables[i].name);
	call_log_expect(expected);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_column_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
