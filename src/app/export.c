/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "app/export_file.h"
#include "app/export_round.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/output.h"
#include "base/memory.h"
#include "base/text.h"
#include "inside/heap_usage.h"
#include "kernel/cgroup_file.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/allocator.h"
#include "model/target.h"
#include "model/usage.h"
#include "procfs/cgroup_parser.h"
#include "residency/heap_walk.h"
#include "residency/scan_once.h"
#include "residency/scan_plan.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"

#define SECOND 1000000000 /* in nanoseconds */
/* smaps is read where that takes the process no longer than this. */
#define SMAPS_CHEAP_NS UINT64_C(5000000)
/* Heaps are walked where no more of them is in memory, unless all are asked for. */
#define HEAP_CHEAP (UINT64_C(32) << 20)
/* A pause is made once this much is due. */
#define PAUSE_LEAST_NS INT64_C(5000000)

struct export
{
	const struct options *options;
	struct procfs_options procfs;
	struct export_round round, last;
	int32_t pids[EXPORT_PROCESSES_MAX];
	size_t pid_count;
};

/* Processor time of this process and of the helpers that have ended. */
static int64_t cpu_ns(void)
{
	struct rusage children = {0};

	getrusage(RUSAGE_CHILDREN, &children);
	return clock_ns(CLOCK_PROCESS_CPUTIME_ID) +
	       (int64_t)(children.ru_utime.tv_sec + children.ru_stime.tv_sec) * SECOND +
	       (int64_t)(children.ru_utime.tv_usec + children.ru_stime.tv_usec) * 1000;
}

static void sleep_until(int64_t due_ns)
{
	const struct timespec due = {due_ns / SECOND, due_ns % SECOND};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
		;
}

static void add_pid(struct export *export, int32_t pid)
{
	for (size_t i = 0; i < export->pid_count; i++)
		if (export->pids[i] == pid)
			return;
	if (export->pid_count == EXPORT_PROCESSES_MAX)
		export->round.facts.left_out++;
	else
		export->pids[export->pid_count++] = pid;
}

/* Which processes there are now. */
static void find_processes(struct export *export)
{
	const struct options *options = export->options;
	int32_t found[2 * EXPORT_PROCESSES_MAX];

	export->pid_count = 0;
	for (size_t i = 0; i < options->process_count; i++) {
		const struct options_process *process = &options->processes[i];
		int count = process->name
				    ? named_find(process->name, found, 2 * EXPORT_PROCESSES_MAX)
				    : 0;

		if (!process->name)
			add_pid(export, process->pid);
		for (int at = 0; at < count && at < 2 * EXPORT_PROCESSES_MAX; at++)
			add_pid(export, found[at]);
		if (count > 2 * EXPORT_PROCESSES_MAX)
			export->round.facts.left_out +=
				(uint64_t)(count - 2 * EXPORT_PROCESSES_MAX);
	}
}

/* The service or container that it runs in. */
static void append_unit(struct text *unit, const struct options *options, int32_t pid)
{
	struct text file = {0};
	size_t length;
	const char *group = cgroup_file_read(options->procfs, pid, &file, &length);

	if (group)
		cgroup_append_unit(unit, group, length);
	text_finish(&file);
}

/*
 * Walks the heap of the process, if that is cheap or asked for. Which malloc it has its mappings
 * tell: to read the symbols of each program in each round would cost more than the walk. Returns
 * whether there is something to finish.
 */
static bool walk_heap(struct export *export, const struct address_space *space,
		      const struct usage_table *usage, struct heap_usage *ret_heap)
{
	const uint64_t brk = usage->by_kind[KIND_HEAP].rss;
	const uint64_t arenas = usage->by_kind[KIND_ARENA].rss;
	const bool cheap =
		brk != TARGET_UNKNOWN && arenas != TARGET_UNKNOWN && brk + arenas <= HEAP_CHEAP;
	struct allocator_found found = allocator_settle(allocator_find(space), 0, false);
	struct scan_pace pace;
	bool soon;

	if (!cheap && !export->options->large_heaps)
		return false;
	/* What is soon over, or waited for, does not take many times as long for the pauses. */
	soon = cheap || !export->options->output;
	scan_pace_init(&pace, soon ? SCAN_SHARE_ONCE_MAX : SCAN_SHARE_MAX,
		       soon ? SCAN_SHARE_ONCE_MIN : SCAN_SHARE_MIN, clock_ns(CLOCK_MONOTONIC));
	return !heap_walk(&export->procfs, space, &found, &pace, false, ret_heap);
}

static void take(struct export *export, struct address_space *space)
{
	const struct options *options = export->options;
	bool smaps = !options->no_smaps && space->target.rss != TARGET_UNKNOWN &&
		     scan_smaps_estimate(space->vma_count, space->target.rss) <= SMAPS_CHEAP_NS;
	struct heap_usage heap = {0};
	struct usage_table usage;
	struct text unit = {0};
	struct scan scan;
	bool has_heap;

	if (scan_once(&export->procfs, space->target.pid, space, smaps, &scan))
		scan = (struct scan){0};
	usage_table_init(&usage, space, scan.residency, scan.smaps, scan.smaps_ns);
	append_unit(&unit, options, space->target.pid);
	has_heap = walk_heap(export, space, &usage, &heap);
	export_round_add(&export->round, &export->last,
			 &(struct export_sample){.space = space,
						 .usage = &usage,
						 .heap = has_heap ? &heap : NULL,
						 .unit = text_string(&unit)});
	heap_usage_finish(&heap);
	text_finish(&unit);
	usage_table_finish(&usage);
	scan_finish(&scan);
}

/* Takes a sample of the process. One that has ended, or is of the kernel, is none that failed. */
static void sample(struct export *export, int32_t pid)
{
	struct address_space *space;
	struct source *source;
	int error = procfs_source_create(&export->procfs, pid, &source);

	if (!error) {
		error = source_read(source, &space);
		source_destroy(source);
		if (!error) {
			take(export, space);
			address_space_destroy(space);
		}
	}
	if (error && error != -ESRCH && error != -ENXIO)
		export->round.facts.failed++;
}

static void run_round(struct export *export)
{
	int64_t began = clock_ns(CLOCK_MONOTONIC), cpu_began = cpu_ns();
	double budget = export->options->budget;

	export->round = (struct export_round){0};
	find_processes(export);
	for (size_t i = 0; i < export->pid_count; i++) {
		int64_t due = began + (int64_t)((double)(cpu_ns() - cpu_began) / budget);

		/* Without a file the only round is waited for. */
		if (export->options->output && due > clock_ns(CLOCK_MONOTONIC) + PAUSE_LEAST_NS)
			sleep_until(due);
		sample(export, export->pids[i]);
	}
	export->round.facts.cpu_ns = cpu_ns() - cpu_began;
	export->round.facts.length_ns = clock_ns(CLOCK_MONOTONIC) - began;
	export->round.facts.time_ns = clock_ns(CLOCK_REALTIME);
	export_round_finish(&export->last);
	export->last = export->round;
}

/* Writes the last round. Returns the exit status. */
static int write_round(const struct export *export)
{
	const struct export_round *round = &export->last;
	struct output output;
	struct export_file file;
	int error;

	if (!export->options->output) {
		output_open(&output);
		openmetrics_write(output.stream, round->processes, round->count, &round->facts);
		return output_close(&output, 0);
	}
	error = export_file_open(&file, export->options->output);
	if (!error) {
		openmetrics_write(file.stream, round->processes, round->count, &round->facts);
		error = export_file_close(&file);
	}
	if (error)
		message_say("cannot write %s: %s; --output needs a folder that vastop may write.",
			    export->options->output, strerror(-error));
	return error ? EXIT_TROUBLE : EXIT_DONE;
}

int export_run(const struct options *options)
{
	struct export *export = memory_alloc(sizeof(*export));
	uint64_t rounds = options->output ? options->samples : 1;
	int64_t due = clock_ns(CLOCK_MONOTONIC), now;
	int status = EXIT_DONE;

	export->options = options;
	export->procfs = options_procfs(options);
	output_refuse_signal();
	for (uint64_t i = 0; !status && (!rounds || i < rounds); i++) {
		if (i)
			sleep_until(due);
		run_round(export);
		status = write_round(export);
		/* A round that took longer than the delay, or a machine that slept, is not made
		 * up for. */
		now = clock_ns(CLOCK_MONOTONIC);
		due += (int64_t)options->interval_ns;
		due = due < now ? now : due;
	}
	export_round_finish(&export->last);
	free(export);
	return status;
}
