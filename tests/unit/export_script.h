/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_EXPORT_SCRIPT_H
#define TESTS_UNIT_EXPORT_SCRIPT_H

/*
 * What app/export.c asks of others: processes that are sampled as the script says, in a time that
 * only passes as it says.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "app/export.h"
#include "app/export_file.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "inside/heap_usage.h"
#include "kernel/cgroup_file.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/target.h"
#include "model/usage.h"
#include "report/openmetrics.h"
#include "residency/heap_walk.h"
#include "residency/scan_once.h"
#include "residency/scan_plan.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/sample.h"

#define MS  INT64_C(1000000)
#define MIB (UINT64_C(1) << 20)

static struct {
	int64_t now, cpu;              /* CLOCK_MONOTONIC and that of the processor */
	int64_t cost;                  /* of a sample */
	struct rusage children, child; /* of all children, and of one that ends with a sample */
	int interruptions;             /* of the next pauses */
	int create, read;              /* errors of sources */
	uint64_t rss;                  /* of the process */
	int found[2];                  /* how many have the first name, and the second */
	int scan, walk;                /* errors */
	uint64_t brk, arenas;
	int open, close; /* errors of the file */
	bool grouped;
} script;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC            ? script.now
	       : clock == CLOCK_PROCESS_CPUTIME_ID ? script.cpu
	       : clock == CLOCK_REALTIME           ? 1000000 * MS + script.now
						   : -1;
}

int getrusage(__rusage_who_t who, struct rusage *usage)
{
	if (who == RUSAGE_CHILDREN)
		*usage = script.children;
	return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
		    struct timespec *remain)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	assert_int_equal(flags, TIMER_ABSTIME);
	assert_null(remain);
	call_log_say("sleep until %d.%09d", (int)request->tv_sec, (int)request->tv_nsec);
	if (script.interruptions) {
		script.interruptions--;
		return EINTR;
	}
	script.now = request->tv_sec * 1000 * MS + request->tv_nsec;
	return 0;
}

/* Those of the first name have the PIDs from 1000 on, of the second from 5000 on. */
int named_find(const char *name, int32_t *out, size_t capacity)
{
	const bool second = name[0] == 'b';
	const int count = script.found[second];

	assert_int_equal(capacity, 2 * EXPORT_PROCESSES_MAX);
	for (int i = 0; i < count && (size_t)i < capacity; i++)
		out[i] = (second ? 5000 : 1000) + i;
	return count;
}

struct one {
	struct source source;
	int32_t pid;
};

static struct one one;

int procfs_source_create(const struct procfs_options *options, int32_t pid,
			 struct source **ret_source)
{
	assert_string_equal(options->root, "/p");
	if (pid < 1000)
		call_log_say("open %d", (int)pid);
	if (script.create)
		return script.create;
	one.pid = pid;
	*ret_source = &one.source;
	return 0;
}

int source_read(struct source *source, struct address_space **ret_space)
{
	assert_ptr_equal(source, &one.source);
	script.now += script.cost;
	script.cpu += script.cost;
	script.children.ru_utime.tv_sec += script.child.ru_utime.tv_sec;
	script.children.ru_utime.tv_usec += script.child.ru_utime.tv_usec;
	script.children.ru_stime.tv_sec += script.child.ru_stime.tv_sec;
	script.children.ru_stime.tv_usec += script.child.ru_stime.tv_usec;
	if (script.read)
		return script.read;
	*ret_space = sample_python();
	(*ret_space)->target.pid = one.pid;
	(*ret_space)->target.rss = script.rss;
	return 0;
}

void source_destroy(struct source *source)
{
	assert_ptr_equal(source, &one.source);
	call_log_say("close");
}

int scan_once(const struct procfs_options *options, int32_t pid, const struct address_space *space,
	      bool smaps, struct scan *ret_scan)
{
	assert_string_equal(options->root, "/p");
	assert_int_equal(pid, space->target.pid);
	call_log_say("scan%s", smaps ? ", smaps" : "");
	/* What it leaves there on failure is nothing. */
	memset(ret_scan, script.scan ? 0x55 : 0, sizeof(*ret_scan));
	ret_scan->smaps_ns = 17;
	return script.scan;
}

void scan_finish(struct scan *scan)
{
	assert_null(scan->residency);
	assert_null(scan->smaps);
	call_log_say("finish scan");
}

void usage_table_init(struct usage_table *table, const struct address_space *space,
		      const struct residency *residency, const struct usage_ranges *smaps,
		      int64_t smaps_ns)
{
	(void)space;
	assert_null(residency);
	assert_null(smaps);
	assert_int_equal(smaps_ns, script.scan ? 0 : 17);
	*table = (struct usage_table){0};
	for (int kind = 0; kind < KIND_COUNT; kind++)
		table->by_kind[kind].rss = 1;
	table->by_kind[KIND_HEAP].rss = script.brk;
	table->by_kind[KIND_ARENA].rss = script.arenas;
}

void usage_table_finish(struct usage_table *table)
{
	(void)table;
	call_log_say("finish usage");
}

const char *cgroup_file_read(const char *root, int32_t pid, struct text *text, size_t *ret_length)
{
	static const char group[] = "/system.slice/cron.service and more";

	assert_string_equal(root, "/p");
	assert_int_equal(pid, one.pid);
	(void)text;
	*ret_length = strlen("/system.slice/cron.service");
	return script.grouped ? group : NULL;
}

int heap_walk(const struct procfs_options *options, const struct address_space *space,
	      struct allocator_found *found, struct scan_pace *pace, bool pieces,
	      struct heap_usage *ret_heap)
{
	assert_string_equal(options->root, "/p");
	assert_int_equal(space->target.pid, one.pid);
	assert_int_equal(found->allocator,
			 allocator_settle(allocator_find(space), 0, false).allocator);
	assert_int_equal(found->others, 0);
	assert_false(pieces);
	assert_int_equal(pace->last_ns, script.now);
	call_log_say("walk, %g to %g", pace->least, pace->most);
	if (script.walk)
		return script.walk;
	ret_heap->arenas = calloc(1, sizeof(*ret_heap->arenas));
	ret_heap->count = 1;
	ret_heap->arenas[0].system = 4096;
	ret_heap->arenas[0].used = 333;
	return 0;
}

void openmetrics_write(FILE *stream, const struct metrics_process *processes, size_t count,
		       const struct metrics_round *round)
{
	(void)stream;
	call_log_say("write %zu, failed %d, left out %d", count, (int)round->failed,
		     (int)round->left_out);
	for (size_t i = 0; i < count && i < 3; i++)
		call_log_say("%d: %s, %d used, '%s'", (int)processes[i].pid, processes[i].comm,
			     (int)processes[i].heap_used, processes[i].unit);
	call_log_say("took %" PRId64 " us, cpu %" PRId64 " us, at %" PRId64 " us",
		     round->length_ns / 1000, round->cpu_ns / 1000,
		     (round->time_ns - 1000000 * MS) / 1000);
}

int export_file_open(struct export_file *file, const char *path)
{
	call_log_say("to %s", path);
	file->stream = stdout;
	return script.open;
}

int export_file_close(struct export_file *file)
{
	assert_ptr_equal(file->stream, stdout);
	call_log_say("rename");
	return script.close;
}

#endif
