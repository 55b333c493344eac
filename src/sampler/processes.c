/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/processes.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libproc2/pids.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/pattern.h"
#include "base/text.h"
#include "files/helper.h"
#include "kernel/cgroup_file.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_relation.h"
#include "model/process.h"
#include "model/target.h"
#include "procfs/cgroup_parser.h"
#include "procfs/stat_parser.h"
#include "sampler/libproc.h"

#define FILE_BYTES_MAX ((size_t)64 * 1024)

/* What is asked of libproc2, and where in a stack it stands. */
enum {
	ITEM_PID,
	ITEM_PARENT,
	ITEM_NAME,
	ITEM_UID,
	ITEM_USER,
	ITEM_STATE,
	ITEM_THREADS,
	ITEM_RSS,
	ITEM_SIZE,
	ITEM_START,
	ITEM_FLAGS,
	ITEM_ARGUMENTS,
	ITEM_COUNT,
};

static const enum pids_item items[ITEM_COUNT] = {
	[ITEM_PID] = PIDS_ID_PID,
	[ITEM_PARENT] = PIDS_ID_PPID,
	[ITEM_NAME] = PIDS_CMD,
	[ITEM_UID] = PIDS_ID_EUID,
	[ITEM_USER] = PIDS_ID_EUSER,
	[ITEM_STATE] = PIDS_STATE,
	[ITEM_THREADS] = PIDS_NLWP,
	/* From status, where they are exact on all kernels; in KiB. */
	[ITEM_RSS] = PIDS_VM_RSS,
	[ITEM_SIZE] = PIDS_VM_SIZE,
	[ITEM_START] = PIDS_TICS_BEGAN,
	[ITEM_FLAGS] = PIDS_FLAGS,
	[ITEM_ARGUMENTS] = PIDS_CMDLINE_V,
};

/* Whether it is this process, or one of its helpers. */
static bool is_own(const struct pids_result *results, int32_t self)
{
	const char *name = results[ITEM_NAME].result.str;

	return results[ITEM_PID].result.s_int == self ||
	       (results[ITEM_PARENT].result.s_int == self && name && !strcmp(name, HELPER_NAME));
}

/* Calls take for each process but this one and its helpers, with the first count items of it. */
static int for_each(int count, void (*take)(void *context, const struct pids_result *results),
		    void *context)
{
	struct pids_info *info = NULL;
	struct libproc libproc;
	const struct pids_stack *stack;
	int32_t self = procfs_relation_self("/proc"); /* which may be another namespace's */
	int error;

	/* libproc2 finds nothing where no procfs is mounted, which is no answer. */
	if (procfs_relation_at("/proc") == PROCFS_RECORDED)
		return -ENOENT;
	error = libproc_load(&libproc);
	if (!error)
		error = libproc.pids_new(&info, (enum pids_item *)items, count);
	if (error < 0)
		return error;
	while ((stack = libproc.pids_get(info, PIDS_FETCH_TASKS_ONLY)))
		if (!is_own(stack->head, self))
			take(context, stack->head);
	libproc.pids_unref(&info);
	return 0;
}

/*
 * Opening maps is where the kernel checks permission (ptrace(2), PTRACE_MODE_READ_FSCREDS); that
 * costs the process nothing.
 */
static bool may_read_maps(int32_t pid)
{
	char path[sizeof("/proc/2147483647/maps")];
	int descriptor;

	snprintf(path, sizeof(path), "/proc/%" PRId32 "/maps", pid);
	descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (descriptor < 0)
		return errno != EACCES && errno != EPERM;
	close(descriptor);
	return true;
}

static enum process_access find_access(const struct process *process, uint64_t flags)
{
	if (flags & STAT_FLAG_KERNEL_THREAD)
		return PROCESS_KERNEL;
	if (stat_has_exited(process->state))
		return PROCESS_ENDED;
	if (may_read_maps(process->pid))
		return PROCESS_READABLE;
	return process->uid == geteuid() ? PROCESS_FORBIDDEN : PROCESS_FOREIGN;
}

/* libproc2 gives a single "-" where there are no arguments. */
static void append_command(struct text *text, char *const *arguments)
{
	if (!arguments || !arguments[0] || (!strcmp(arguments[0], "-") && !arguments[1]))
		return;
	for (size_t i = 0; arguments[i] && text->length < PROCESS_COMMAND_MAX; i++) {
		if (i)
			text_append_char(text, ' ');
		text_append_bytes(text, arguments[i], strnlen(arguments[i], PROCESS_COMMAND_MAX));
	}
}

/* What runs it, by its control group. */
static void append_unit(struct text *text, int32_t pid)
{
	struct text file = {0};
	size_t length;
	const char *group = cgroup_file_read("/proc", pid, &file, &length);

	if (group)
		cgroup_append_unit(text, group, length);
	text_finish(&file);
}

/* A number of KiB, as bytes; what has no address space has no sizes. */
static uint64_t to_bytes(const struct pids_result *results, int item)
{
	return results[ITEM_SIZE].result.ul_int ? (uint64_t)results[item].result.ul_int * 1024
						: TARGET_UNKNOWN;
}

static void take_process(void *context, const struct pids_result *results)
{
	struct text command = {0}, unit = {0};
	struct process process = {
		.pid = results[ITEM_PID].result.s_int,
		.parent = results[ITEM_PARENT].result.s_int,
		.start_ticks = results[ITEM_START].result.ull_int,
		.uid = results[ITEM_UID].result.u_int,
		.user = results[ITEM_USER].result.str,
		.state = results[ITEM_STATE].result.s_ch,
		.threads = (uint32_t)results[ITEM_THREADS].result.s_int,
		.rss = to_bytes(results, ITEM_RSS),
		.size = to_bytes(results, ITEM_SIZE),
		.mappings = TARGET_UNKNOWN,
		.comm = results[ITEM_NAME].result.str ? results[ITEM_NAME].result.str : "",
	};

	append_command(&command, results[ITEM_ARGUMENTS].result.strv);
	process.command = text_string(&command);
	append_unit(&unit, process.pid);
	process.unit = unit.length ? text_string(&unit) : NULL;
	process.access = find_access(&process, results[ITEM_FLAGS].result.ul_int);
	process_list_add(context, &process);
	text_finish(&command);
	text_finish(&unit);
}

static uint64_t read_mappings_max(void)
{
	struct text file = {0};
	uint64_t most = TARGET_UNKNOWN;
	const char *at;

	proc_file_read(AT_FDCWD, "/proc/sys/vm/max_map_count", FILE_BYTES_MAX, &file);
	at = text_string(&file);
	number_scan(&at, at + file.length, 10, &most);
	text_finish(&file);
	return most;
}

int processes_read(struct process_list **ret_list)
{
	struct process_list *list = process_list_create();
	int error = for_each(ITEM_COUNT, take_process, list);

	if (error) {
		process_list_destroy(list);
		return error;
	}
	process_list_sort(list);
	list->mappings_max = read_mappings_max();
	*ret_list = list;
	return 0;
}

struct search {
	const struct pattern *pattern;
	uint64_t steps; /* left for it */
	int32_t *pids;
	size_t count, capacity;
};

static void take_match(void *context, const struct pids_result *results)
{
	struct search *search = context;
	const char *name = results[ITEM_NAME].result.str;

	/* A name that takes too many steps counts as not matching. */
	if (!name || pattern_match(search->pattern, name, strlen(name), &search->steps) != 1)
		return;
	search->pids = memory_array_grow(search->pids, search->count, &search->capacity,
					 sizeof(*search->pids));
	search->pids[search->count++] = results[ITEM_PID].result.s_int;
}

static int compare_pids(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

int processes_find(const struct pattern *pattern, int32_t *out, size_t capacity)
{
	struct search search = {.pattern = pattern, .steps = PATTERN_STEPS_A_KEY};
	int error = for_each(ITEM_NAME + 1, take_match, &search);

	if (!error && search.count)
		qsort(search.pids, search.count, sizeof(*search.pids), compare_pids);
	for (size_t i = 0; !error && i < search.count && i < capacity; i++)
		out[i] = search.pids[i];
	free(search.pids);
	if (error)
		return error;
	return search.count < INT_MAX ? (int)search.count : INT_MAX;
}
