/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/target.h"
#include "record/database.h"
#include "record/recording_value.h"

#define ARGUMENTS_MAX 100000

int recording_process_open(struct recording_process_reader *reader, struct database *database)
{
	int error = database_prepare(
		database, "SELECT time_ns,cost_ns,state,threads,rss,swap FROM sample WHERE id=?",
		&reader->sample);

	error = error ? error
		      : database_prepare(database,
					 "SELECT first,pid,start_ticks,comm,exe,uid,page_size,"
					 "start_brk,start_stack,max_map_count,limit_stack,limit_as,"
					 "limit_data,user FROM process WHERE first<=? "
					 "ORDER BY first DESC LIMIT 1",
					 &reader->process);
	return error ? error
		     : database_prepare(database,
					"SELECT position,value FROM argument WHERE process=?",
					&reader->arguments);
}

void recording_process_close(struct recording_process_reader *reader)
{
	statement_free(reader->sample);
	statement_free(reader->process);
	statement_free(reader->arguments);
	*reader = (struct recording_process_reader){0};
}

bool recording_process_string(const struct statement *statement, int column, struct arena *arena,
			      const char **ret_string)
{
	const char *string;

	if (!statement_string(statement, column, &string))
		return false;
	*ret_string = arena_copy(arena, string, strlen(string));
	return true;
}

static bool take_sample(struct statement *get, struct recorded_process *process)
{
	struct target *target = &process->target;
	const char *state;
	uint64_t threads;

	if (!statement_number(get, 0, 0, INT64_MAX, &process->time_ns) ||
	    !statement_number(get, 1, 0, INT64_MAX, &process->cost_ns) ||
	    !statement_string(get, 2, &state) || state[0] < '!' || state[0] > '~' || state[1] ||
	    !recording_value_known(get, 3, &threads) ||
	    (threads != TARGET_UNKNOWN && threads > UINT32_MAX) ||
	    !recording_value_known(get, 4, &target->rss) ||
	    !recording_value_known(get, 5, &target->swap))
		return false;
	target->state = state[0];
	target->threads = threads == TARGET_UNKNOWN ? 0 : (uint32_t)threads;
	return true;
}

static bool take_limits(struct statement *get, struct target_limits *limits)
{
	return recording_value_known(get, 9, &limits->max_map_count) &&
	       recording_value_known(get, 10, &limits->stack) &&
	       recording_value_known(get, 11, &limits->as) &&
	       recording_value_known(get, 12, &limits->data);
}

static bool take_process(struct statement *get, struct recorded_process *process,
			 int64_t *ret_first)
{
	struct target *target = &process->target;
	int64_t pid, page_size, start_brk, start_stack;

	if (!statement_number(get, 0, INT64_MIN, INT64_MAX, ret_first) ||
	    !statement_number(get, 1, 0, INT32_MAX, &pid) ||
	    !recording_value_known(get, 2, &target->start_ticks) ||
	    !recording_process_string(get, 3, &process->strings, &target->comm) ||
	    !recording_value_known(get, 5, &target->uid) ||
	    !statement_number(get, 6, 1, INT64_MAX, &page_size) ||
	    !target_is_page_size((uint64_t)page_size) ||
	    !statement_number(get, 7, INT64_MIN, INT64_MAX, &start_brk) ||
	    !statement_number(get, 8, INT64_MIN, INT64_MAX, &start_stack) ||
	    !take_limits(get, &target->limits) ||
	    (!statement_is_null(get, 13) &&
	     !recording_process_string(get, 13, &process->strings, &process->user)) ||
	    (!statement_is_null(get, 4) &&
	     !recording_process_string(get, 4, &process->strings, &target->exe)))
		return false;
	target->pid = (int32_t)pid;
	target->page_size = (uint64_t)page_size;
	target->start_brk = (uint64_t)start_brk;
	target->start_stack = (uint64_t)start_stack;
	return true;
}

static int read_arguments(struct recording_process_reader *reader, struct recorded_process *process,
			  int64_t first)
{
	struct statement *get = reader->arguments;
	const char **arguments = NULL;
	size_t count = 0, capacity = 0;
	int64_t position;
	int more;

	statement_bind(get, 1, first);
	while ((more = statement_step(get)) > 0) {
		arguments = memory_array_grow(arguments, count, &capacity, sizeof(*arguments));
		/* They are in the order in which they were written. */
		if (!statement_number(get, 0, 0, ARGUMENTS_MAX, &position) ||
		    (size_t)position != count ||
		    !recording_process_string(get, 1, &process->strings, &arguments[count++]))
			break;
	}
	statement_reset(get);
	process->target.cmdline = arguments;
	process->target.cmdline_count = count;
	return more > 0 ? -EBADMSG : more;
}

int recording_process_read(struct recording_process_reader *reader, int64_t sample,
			   struct recorded_process *ret_process)
{
	struct recorded_process *process = ret_process;
	struct statement *get = reader->sample;
	int64_t first = 0;
	int more;

	*process = (struct recorded_process){.target.comm = ""};
	statement_bind(get, 1, sample);
	more = statement_step(get);
	if (more > 0 && !take_sample(get, process))
		more = -EBADMSG;
	statement_reset(get);
	if (more <= 0)
		return more ? more : -ENOENT;
	get = reader->process;
	statement_bind(get, 1, sample);
	more = statement_step(get);
	if (more >= 0 && (!more || !take_process(get, process, &first)))
		more = -EBADMSG;
	statement_reset(get);
	return more < 0 ? more : read_arguments(reader, process, first);
}

void recorded_process_finish(struct recorded_process *process)
{
	free((void *)process->target.cmdline);
	arena_finish(&process->strings);
	*process = (struct recorded_process){0};
}
