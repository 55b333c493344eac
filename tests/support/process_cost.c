/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/process_cost.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Calls the function for each child of the process; see proc_pid_task_tid_children(5). */
static void each_child(pid_t pid, void (*function)(pid_t child, void *context), void *context)
{
	char path[64];
	struct dirent *entry;
	DIR *threads;
	int child;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	threads = opendir(path);
	while (threads && (entry = readdir(threads))) {
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%d/task/%.16s/children", (int)pid,
			 entry->d_name);
		file = fopen(path, "re");
		while (file && fscanf(file, "%d", &child) == 1)
			function(child, context);
		if (file)
			fclose(file);
	}
	if (threads)
		closedir(threads);
}

static void add_cpu(pid_t child, void *sum)
{
	int64_t used;

	/* It may have ended meanwhile. */
	if (!process_cost_cpu(child, &used))
		*(int64_t *)sum += used;
}

int process_cost_cpu(pid_t pid, int64_t *ret_ns)
{
	struct timespec used;
	clockid_t clock;
	int64_t sum;
	int error = clock_getcpuclockid(pid, &clock);

	if (error)
		return -error;
	if (clock_gettime(clock, &used))
		return -errno;
	sum = used.tv_sec * INT64_C(1000000000) + used.tv_nsec;
	each_child(pid, add_cpu, &sum);
	*ret_ns = sum;
	return 0;
}

static void add_pss(pid_t child, void *sum)
{
	struct process_memory memory;

	if (!process_cost_memory(child, &memory))
		*(uint64_t *)sum += memory.pss;
}

int process_cost_memory(pid_t pid, struct process_memory *ret_memory)
{
	struct process_memory memory = {0};
	char path[32], line[256];
	uint64_t kilobytes;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "Rss: %" SCNu64, &kilobytes) == 1)
			memory.rss = kilobytes * 1024;
		if (sscanf(line, "Pss: %" SCNu64, &kilobytes) == 1)
			memory.pss = kilobytes * 1024;
	}
	fclose(file);
	each_child(pid, add_pss, &memory.pss);
	*ret_memory = memory;
	return 0;
}

int process_cost_past(pid_t tid, struct thread_past *ret_past)
{
	struct thread_past past;
	char path[32];
	FILE *file;
	int count;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)tid);
	file = fopen(path, "re");
	if (!file)
		return -errno;
	count = fscanf(file, "%" SCNd64 "%" SCNd64, &past.ran, &past.delayed);
	fclose(file);
	if (count != 2)
		return -EBADMSG;
	*ret_past = past;
	return 0;
}
