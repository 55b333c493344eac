/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/database.h"
#include "record/recording_file.h"
#include "record/recording_memory.h"
#include "record/recording_process.h"
#include "record/recording_rows.h"
#include "record/recording_schema.h"
#include "record/recording_table.h"

enum {
	GET_TIME,
	GET_KEYFRAME,
	GET_LIST,
	GET_COUNT,
};

static const char *const get_sql[GET_COUNT] = {
	[GET_TIME] = "SELECT time_ns FROM sample WHERE id=?",
	[GET_KEYFRAME] = "SELECT max(first) FROM keyframe WHERE first<=?",
	[GET_LIST] = ("SELECT mappings,size,heap FROM list WHERE first<=? ORDER BY first DESC "
		      "LIMIT 1"),
};

struct recording {
	struct database *database;
	char *rescued; /* path of the copy that is read; NULL: there is none */
	struct statement *gets[GET_COUNT];
	struct recording_process_reader process;
	struct recording_table_reader mappings, parts, stacks;
	struct recording_memory_reader memory;
	struct arena strings; /* of the origin */
	char *user;           /* of the sample that was read last; NULL: it has no name */
	struct recording_origin origin;
	int64_t first, last;
};

/* The tables and nothing else, each made by the statement that a recording has. */
static int check_schema(struct database *database)
{
	size_t count, found = 0;
	const struct recording_table *tables = recording_tables(&count);
	struct statement *statement;
	const char *name, *sql;
	int more = database_prepare(database, "SELECT name,sql FROM sqlite_schema", &statement);

	if (more)
		return more;
	while ((more = statement_step(statement)) > 0) {
		size_t i = 0;

		if (!statement_string(statement, 0, &name))
			break;
		while (i < count && strcmp(tables[i].name, name) != 0)
			i++;
		if (i == count || !statement_string(statement, 1, &sql) ||
		    strcmp(sql, tables[i].sql) != 0)
			break;
		found++;
	}
	statement_free(statement);
	return more < 0 ? more : more > 0 || found != count ? -EBADMSG : 0;
}

static int read_bounds(struct recording *recording)
{
	struct statement *statement;
	int more = database_prepare(recording->database,
				    "SELECT (SELECT min(id) FROM sample),"
				    "(SELECT max(id) FROM sample)",
				    &statement);

	if (more)
		return more;
	more = statement_step(statement);
	if (more > 0 && statement_is_null(statement, 0))
		more = -ENODATA;
	else if (more > 0 && statement_number(statement, 0, 1, INT64_MAX - 1, &recording->first) &&
		 statement_number(statement, 1, 1, INT64_MAX - 1, &recording->last))
		more = 0;
	else if (more >= 0)
		more = -EBADMSG;
	statement_free(statement);
	return more;
}

/* Has SQLite undo in the copy what was interrupted. */
static int recover(const char *path)
{
	struct database *database;
	int error = database_open(path, &database);

	if (error)
		return error;
	error = database_run(database, "PRAGMA schema_version");
	database_close(database);
	return error;
}

static int set_up(struct recording *recording, const char *path)
{
	int error = database_open_hostile(path, &recording->database);
	struct database *database = recording->database;

	error = error ? error : check_schema(database);
	error = error ? error
		      : recording_origin_read(database, &recording->strings, &recording->origin);
	error = error ? error : read_bounds(recording);
	for (int i = 0; i < GET_COUNT && !error; i++)
		error = database_prepare(database, get_sql[i], &recording->gets[i]);
	error = error ? error
		      : recording_table_open(&recording->mappings, database, "mapping",
					     RECORDING_MAPPING_COLUMNS, recording_mapping_read,
					     sizeof(struct vma));
	error = error ? error
		      : recording_table_open(&recording->parts, database, "part",
					     RECORDING_PART_COLUMNS, recording_part_read,
					     sizeof(struct vma));
	error = error ? error
		      : recording_table_open(&recording->stacks, database, "stack",
					     RECORDING_STACK_COLUMNS, recording_stack_read,
					     sizeof(struct lodged_stack));
	error = error ? error : recording_process_open(&recording->process, database);
	return error ? error : recording_memory_open(&recording->memory, database);
}

int recording_open(const char *path, struct recording **ret_recording)
{
	struct recording *recording;
	bool torn;
	int error = recording_file_check(path, &torn);

	if (error)
		return error;
	recording = memory_alloc(sizeof(*recording));
	if (torn) {
		error = recording_file_rescue(path, &recording->rescued);
		path = recording->rescued;
	}
	if (!error && torn)
		error = recover(path);
	error = error ? error : set_up(recording, path);
	if (error)
		recording_close(recording);
	else
		*ret_recording = recording;
	return error;
}

void recording_close(struct recording *recording)
{
	if (!recording)
		return;
	for (int i = 0; i < GET_COUNT; i++)
		statement_free(recording->gets[i]);
	recording_table_close(&recording->mappings);
	recording_table_close(&recording->parts);
	recording_table_close(&recording->stacks);
	recording_memory_close(&recording->memory);
	recording_process_close(&recording->process);
	database_close(recording->database);
	recording_file_discard(recording->rescued);
	arena_finish(&recording->strings);
	free(recording->user);
	free(recording);
}

const struct recording_origin *recording_origin(const struct recording *recording)
{
	return &recording->origin;
}

struct database *recording_database(const struct recording *recording)
{
	return recording->database;
}

int64_t recording_first(const struct recording *recording)
{
	return recording->first;
}

int64_t recording_last(const struct recording *recording)
{
	return recording->last;
}

const char *recording_user(const struct recording *recording)
{
	return recording->user;
}

int recording_time(struct recording *recording, int64_t sample, int64_t *ret_time_ns)
{
	struct statement *get = recording->gets[GET_TIME];
	int more;

	statement_bind(get, 1, sample);
	more = statement_step(get);
	if (more >= 0)
		more = more && statement_number(get, 0, 0, INT64_MAX, ret_time_ns) ? 0 : -EBADMSG;
	statement_reset(get);
	return more;
}

struct sought_time {
	struct recording *recording;
	int64_t time_ns;
};

static bool is_later(const void *context, size_t index)
{
	const struct sought_time *sought = context;
	struct recording *recording = sought->recording;
	int64_t time;

	return recording_time(recording, recording->first + (int64_t)index, &time) ||
	       time > sought->time_ns;
}

int recording_find(struct recording *recording, int64_t time_ns, int64_t *ret_sample)
{
	const struct sought_time sought = {recording, time_ns};
	size_t count = (size_t)(recording->last - recording->first + 1);
	size_t later = search_first(count, is_later, &sought);
	int64_t sample = recording->first + (later ? (int64_t)later - 1 : 0), time;
	int error = recording_time(recording, sample, &time);

	/* One that is not there counts as later: only a recording that is damaged has such. */
	if (!error)
		*ret_sample = sample;
	return error;
}

/* What is read for one sample. */
struct reading {
	struct recorded_process process;
	struct arena names;
	int64_t keyframe;
	struct recording_list mappings, parts, stacks;
};

static int read_keyframe(struct recording *recording, struct reading *reading, int64_t sample)
{
	struct statement *get = recording->gets[GET_KEYFRAME];
	int more;

	statement_bind(get, 1, sample);
	more = statement_step(get);
	if (more >= 0)
		more = more && statement_number(get, 0, 1, sample, &reading->keyframe) ? 0
										       : -EBADMSG;
	statement_reset(get);
	return more;
}

/* A part is what its mapping is, but for what its row says. */
static int complete_parts(struct reading *reading)
{
	const struct vma *mappings = reading->mappings.values;
	struct vma *parts = reading->parts.values;
	size_t at = 0;

	for (size_t i = 0; i < reading->parts.count; i++) {
		const struct vma part = parts[i];

		while (at < reading->mappings.count && mappings[at].end <= part.start)
			at++;
		if (at == reading->mappings.count || mappings[at].start > part.start)
			return -EBADMSG;
		parts[i] = mappings[at];
		parts[i].start = part.start;
		parts[i].end = part.end;
		parts[i].perms = part.perms;
		parts[i].kind = part.kind;
		parts[i].kind_source = part.kind_source;
		parts[i].tid = part.tid;
		parts[i].alternate = part.alternate;
	}
	return 0;
}

static int make_space(struct reading *reading, struct address_space **ret_space)
{
	struct address_space *space;
	int error = complete_parts(reading);

	error = error ? error
		      : address_space_create(&reading->process.target, reading->mappings.values,
					     reading->mappings.count, reading->process.time_ns,
					     (uint64_t)reading->process.cost_ns, &space);

	if (error)
		return -EBADMSG;
	if (address_space_set_stacks(space, reading->parts.values, reading->parts.count,
				     reading->stacks.values, reading->stacks.count)) {
		address_space_destroy(space);
		return -EBADMSG;
	}
	*ret_space = space;
	return 0;
}

/* Whether the sums are those that were written with the list: rows that are lost are found so. */
static int check_sums(struct recording *recording, int64_t sample,
		      const struct address_space *space)
{
	struct statement *get = recording->gets[GET_LIST];
	int64_t mappings, size, heap;
	int more;

	statement_bind(get, 1, sample);
	more = statement_step(get);
	if (more >= 0)
		more = more && statement_number(get, 0, INT64_MIN, INT64_MAX, &mappings) &&
				       statement_number(get, 1, INT64_MIN, INT64_MAX, &size) &&
				       statement_number(get, 2, INT64_MIN, INT64_MAX, &heap) &&
				       (uint64_t)mappings == space->mappings &&
				       (uint64_t)size == space->size &&
				       (uint64_t)heap == space->by_kind[KIND_HEAP].size
			       ? 0
			       : -EBADMSG;
	statement_reset(get);
	return more;
}

static int read_lists(struct recording *recording, struct reading *reading, int64_t sample)
{
	int64_t from = reading->keyframe;
	int error = recording_table_read(&recording->mappings, from, sample, &reading->names,
					 &reading->mappings);

	error = error ? error
		      : recording_table_read(&recording->parts, from, sample, NULL,
					     &reading->parts);
	return error ? error
		     : recording_table_read(&recording->stacks, from, sample, NULL,
					    &reading->stacks);
}

int recording_read(struct recording *recording, int64_t sample, struct address_space **ret_space,
		   struct kept_usage *ret_usage)
{
	struct reading reading = {0};
	struct address_space *space = NULL;
	int error = recording_process_read(&recording->process, sample, &reading.process);

	error = error ? error : read_keyframe(recording, &reading, sample);
	error = error ? error : read_lists(recording, &reading, sample);
	error = error ? error : make_space(&reading, &space);
	error = error ? error : check_sums(recording, sample, space);
	error = error ? error
		      : recording_memory_read(&recording->memory, reading.keyframe, sample, space,
					      ret_usage);
	recording_list_finish(&reading.mappings);
	recording_list_finish(&reading.parts);
	recording_list_finish(&reading.stacks);
	arena_finish(&reading.names);
	free(recording->user);
	recording->user = reading.process.user ? memory_copy_string(reading.process.user) : NULL;
	recorded_process_finish(&reading.process);
	if (error)
		address_space_destroy(space);
	else
		*ret_space = space;
	return error;
}
