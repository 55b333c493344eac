/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_writer.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/change.h"
#include "record/database.h"
#include "record/interval_tables.h"
#include "record/recording_file.h"
#include "record/recording_event.h"
#include "record/recording_limit.h"
#include "record/recording_setup.h"

/* A keyframe is due when so many rows were written since the last one, so many samples passed, or a
 * part of the limit was used. */
#define KEYFRAME_GROWTH  4
#define KEYFRAME_ROWS    4096
#define KEYFRAME_SAMPLES 8192

enum {
	PUT_SAMPLE,
	PUT_LIST,
	PUT_KEYFRAME,
	PUT_PROCESS,
	PUT_ARGUMENT,
	PUT_EVENT,
	PUT_BASELINE,
	PUT_NOTE,
	PUT_COUNT,
};

static const char *const put_sql[PUT_COUNT] = {
	[PUT_SAMPLE] = "INSERT INTO sample VALUES(?,?,?,?,?,?,?)",
	[PUT_LIST] = "INSERT INTO list VALUES(?,?,?,?)",
	[PUT_KEYFRAME] = "INSERT INTO keyframe VALUES(?)",
	[PUT_PROCESS] = "INSERT INTO process VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[PUT_ARGUMENT] = "INSERT INTO argument VALUES(?,?,?)",
	[PUT_EVENT] = "INSERT INTO event(sample," RECORDING_EVENT_COLUMNS
		      ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[PUT_BASELINE] = "INSERT INTO baseline(sample,time_ns) VALUES(?,?)",
	[PUT_NOTE] = "INSERT INTO note(sample,time_ns,words) VALUES(?,?,?)",
};

struct recording_writer {
	int lock; /* descriptor of the file */
	struct database *database;
	struct statement *puts[PUT_COUNT];
	struct interval_tables tables;
	struct address_space *last; /* the newest sample; NULL before the first one */
	int64_t sample;             /* its number */
	int64_t keyframe;           /* the sample of the last one */
	uint64_t rows, lasting;     /* written since then, and at it */
	uint64_t limit;             /* bytes; 0: none */
	int64_t used;               /* bytes at the last keyframe */
	bool foreign;               /* users are not those of this machine */
	char *user;                 /* then: their name; NULL: none */
};

static int put_number(struct recording_writer *writer, int put, int64_t number)
{
	statement_bind(writer->puts[put], 1, number);
	return statement_run(writer->puts[put]);
}

static int set_up(struct recording_writer *writer, const struct recording_plan *plan)
{
	int error = database_open(plan->path, &writer->database);

	if (!error)
		error = plan->origin ? recording_setup(writer->database, plan->origin)
				     : recording_setup_here(writer->database, plan->interval_ns);
	for (int i = 0; i < PUT_COUNT && !error; i++)
		error = database_prepare(writer->database, put_sql[i], &writer->puts[i]);
	error = error ? error : interval_tables_init(&writer->tables, writer->database);
	return error ? error : recording_writer_commit(writer);
}

int recording_writer_create(const struct recording_plan *plan, struct recording_writer **ret_writer)
{
	struct recording_writer *writer = memory_alloc(sizeof(*writer));
	int error;

	writer->limit = plan->limit;
	writer->foreign = plan->origin != NULL;
	writer->lock = recording_file_create(plan->path, plan->force);
	error = writer->lock < 0 ? writer->lock : set_up(writer, plan);
	if (!error) {
		*ret_writer = writer;
		return 0;
	}
	/* What was begun is nothing yet. */
	if (writer->lock >= 0)
		unlink(plan->path);
	recording_writer_close(writer);
	return error;
}

int recording_writer_commit(struct recording_writer *writer)
{
	return database_in_transaction(writer->database) ? database_run(writer->database, "COMMIT")
							 : 0;
}

static int begin(struct recording_writer *writer)
{
	return database_in_transaction(writer->database) ? 0
							 : database_run(writer->database, "BEGIN");
}

int recording_writer_close(struct recording_writer *writer)
{
	int error = 0, closed;

	if (!writer)
		return 0;
	if (writer->database) {
		error = recording_writer_commit(writer);
		if (error && database_in_transaction(writer->database))
			database_run(writer->database, "ROLLBACK");
		/* After an error SQLite undoes what was begun when it is next asked to read. */
		database_run(writer->database, "PRAGMA schema_version");
	}
	for (int i = 0; i < PUT_COUNT; i++)
		statement_free(writer->puts[i]);
	interval_tables_finish(&writer->tables);
	closed = database_close(writer->database);
	/* Only now: closing a file gives up the locks that SQLite has on it (fcntl(2)). */
	if (writer->lock >= 0)
		close(writer->lock);
	address_space_destroy(writer->last);
	free(writer->user);
	free(writer);
	return error ? error : closed;
}

static bool keyframe_is_due(struct recording_writer *writer)
{
	uint64_t most = writer->lasting * KEYFRAME_GROWTH;
	int64_t used;

	if (!writer->keyframe || writer->sample - writer->keyframe >= KEYFRAME_SAMPLES ||
	    writer->rows > (most > KEYFRAME_ROWS ? most : KEYFRAME_ROWS))
		return true;
	/* Pages are counted seldom. */
	if (!writer->limit || writer->rows < writer->lasting || writer->sample % 16)
		return false;
	used = recording_limit_used(writer->database);
	return used >= 0 && (uint64_t)(used - writer->used) > writer->limit / RECORDING_LIMIT_PART;
}

static int add_list(struct recording_writer *writer, const struct address_space *space)
{
	statement_bind(writer->puts[PUT_LIST], 1, writer->sample);
	statement_bind(writer->puts[PUT_LIST], 2, (int64_t)space->mappings);
	statement_bind(writer->puts[PUT_LIST], 3, (int64_t)space->size);
	statement_bind(writer->puts[PUT_LIST], 4, (int64_t)space->by_kind[KIND_HEAP].size);
	return statement_run(writer->puts[PUT_LIST]);
}

/* The list is repeated, so that it stays known when what was before goes. */
static int add_keyframe(struct recording_writer *writer, const struct address_space *space)
{
	int64_t rows;
	int error = put_number(writer, PUT_KEYFRAME, writer->sample);

	rows = error ? error : interval_tables_restart(&writer->tables, writer->sample);
	if (rows < 0)
		return (int)rows;
	error = add_list(writer, space);
	writer->keyframe = writer->sample;
	writer->rows = 0;
	writer->lasting = (uint64_t)rows;
	if (error || !writer->limit)
		return error;
	writer->used = recording_limit_keep(writer->database, writer->limit);
	return writer->used < 0 ? (int)writer->used : 0;
}

static int add_sample(struct recording_writer *writer, const struct address_space *space)
{
	const struct target *target = &space->target;
	const char state[2] = {target->state, '\0'};
	struct statement *put = writer->puts[PUT_SAMPLE];

	statement_bind(put, 1, writer->sample);
	statement_bind(put, 2, space->time_ns);
	statement_bind(put, 3, (int64_t)space->cost_ns);
	statement_bind_string(put, 4, state);
	statement_bind_known(put, 5, target->threads ? target->threads : TARGET_UNKNOWN);
	statement_bind_known(put, 6, target->rss);
	statement_bind_known(put, 7, target->swap);
	return statement_run(put);
}

static bool equal_strings(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Whether the description holds still. What samples have is not in it. */
static bool same_process(const struct target *a, const struct target *b)
{
	bool same = a->pid == b->pid && a->start_ticks == b->start_ticks && a->uid == b->uid &&
		    a->page_size == b->page_size && a->start_brk == b->start_brk &&
		    a->start_stack == b->start_stack &&
		    a->limits.max_map_count == b->limits.max_map_count &&
		    a->limits.stack == b->limits.stack && a->limits.as == b->limits.as &&
		    a->limits.data == b->limits.data && equal_strings(a->comm, b->comm) &&
		    equal_strings(a->exe, b->exe) && a->cmdline_count == b->cmdline_count;

	for (size_t i = 0; same && i < a->cmdline_count; i++)
		same = equal_strings(a->cmdline[i], b->cmdline[i]);
	return same;
}

/* The name is that of this machine; NULL where there is none. */
static void bind_user(struct statement *put, int index, uint64_t uid)
{
	struct passwd entry, *found = NULL;
	char buffer[4096];

	if (uid > UINT32_MAX || getpwuid_r((uid_t)uid, &entry, buffer, sizeof(buffer), &found) ||
	    !found)
		statement_bind_null(put, index);
	else
		statement_bind_string(put, index, found->pw_name);
}

static int add_process(struct recording_writer *writer, const struct target *target)
{
	struct statement *put = writer->puts[PUT_PROCESS], *argument = writer->puts[PUT_ARGUMENT];
	int error;

	statement_bind(put, 1, writer->sample);
	statement_bind(put, 2, target->pid);
	statement_bind_known(put, 3, target->start_ticks);
	statement_bind_string(put, 4, target->comm);
	statement_bind_string(put, 5, target->exe);
	statement_bind_known(put, 6, target->uid);
	if (writer->foreign)
		statement_bind_string(put, 7, writer->user);
	else
		bind_user(put, 7, target->uid);
	statement_bind(put, 8, (int64_t)target->page_size);
	statement_bind(put, 9, (int64_t)target->start_brk);
	statement_bind(put, 10, (int64_t)target->start_stack);
	statement_bind_known(put, 11, target->limits.max_map_count);
	statement_bind_known(put, 12, target->limits.stack);
	statement_bind_known(put, 13, target->limits.as);
	statement_bind_known(put, 14, target->limits.data);
	error = statement_run(put);
	for (size_t i = 0; i < target->cmdline_count && !error; i++) {
		statement_bind(argument, 1, writer->sample);
		statement_bind(argument, 2, (int64_t)i);
		statement_bind_string(argument, 3, target->cmdline[i]);
		error = statement_run(argument);
	}
	return error;
}

static int add_changes(struct recording_writer *writer, struct change_list *changes)
{
	struct statement *put = writer->puts[PUT_EVENT];
	int error = 0;

	for (size_t i = 0; i < changes->count && !error; i++) {
		statement_bind(put, 1, writer->sample);
		recording_event_bind(put, 2, &changes->changes[i]);
		error = statement_run(put);
	}
	writer->rows += changes->count;
	change_list_finish(changes);
	return error;
}

/* What is different in the list, and where it is not the first one what that makes of the other. */
static int add_difference(struct recording_writer *writer, const struct address_space *space)
{
	struct change_list changes = {0};
	int64_t rows = interval_tables_update(&writer->tables, writer->sample, space);
	int error = rows < 0 ? (int)rows : 0;

	if (error)
		return error;
	writer->rows += (uint64_t)rows;
	if (writer->last)
		change_compute(&changes, writer->last, space);
	return add_changes(writer, &changes);
}

int recording_writer_add(struct recording_writer *writer, const struct address_space *space)
{
	const struct address_space *last = writer->last;
	bool same = last && address_space_same_list(last, space), keyframe;
	int error = begin(writer);

	writer->sample++;
	keyframe = keyframe_is_due(writer);
	if (!error && keyframe)
		error = add_keyframe(writer, space);
	if (!error && !same && !keyframe)
		error = add_list(writer, space);
	if (!error)
		error = add_sample(writer, space);
	if (!error && (!last || !same_process(&last->target, &space->target)))
		error = add_process(writer, &space->target);
	if (!error && !same)
		error = add_difference(writer, space);
	if (error)
		return error;
	/* What rows last is in the tables, with the names of this one. */
	address_space_destroy(writer->last);
	writer->last = address_space_copy(space);
	if (writer->lasting == 0)
		writer->lasting = writer->rows;
	return 0;
}

void recording_writer_set_user(struct recording_writer *writer, const char *user)
{
	free(writer->user);
	writer->user = user ? memory_copy_string(user) : NULL;
}

int recording_writer_add_usage(struct recording_writer *writer, const struct usage_table *usage,
			       const struct residency *residency)
{
	int error = begin(writer);
	int64_t rows;

	if (!writer->last || error)
		return error;
	rows = interval_tables_update_usage(&writer->tables, writer->sample, writer->last, usage,
					    residency);
	if (rows < 0)
		return (int)rows;
	writer->rows += (uint64_t)rows;
	return 0;
}

int recording_writer_add_baseline(struct recording_writer *writer, int64_t time_ns)
{
	struct statement *put = writer->puts[PUT_BASELINE];
	int error = begin(writer);

	if (error)
		return error;
	statement_bind(put, 1, writer->sample);
	statement_bind(put, 2, time_ns);
	return statement_run(put);
}

int recording_writer_add_note(struct recording_writer *writer, int64_t time_ns, const char *words)
{
	struct statement *put = writer->puts[PUT_NOTE];
	int error = begin(writer);

	if (error)
		return error;
	statement_bind(put, 1, writer->sample);
	statement_bind(put, 2, time_ns);
	statement_bind_string(put, 3, words);
	return statement_run(put);
}

int recording_writer_add_end(struct recording_writer *writer, int64_t time_ns)
{
	struct change_list changes = {0};
	int error = begin(writer);

	if (error || !writer->last)
		return error;
	change_append_exit(&changes, writer->last, time_ns);
	return add_changes(writer, &changes);
}
