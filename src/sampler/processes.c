/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/processes.h"

#include <libproc2/pids.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/pattern.h"

enum { ITEM_PID, ITEM_NAME };

struct process_list {
	struct process *processes;
	size_t count, capacity;
};

static void append(struct process_list *list, int32_t pid, const char *name)
{
	struct process *process;

	list->processes = memory_array_grow(list->processes, list->count, &list->capacity,
					    sizeof(*list->processes));
	process = &list->processes[list->count++];
	*process = (struct process){.pid = pid};
	memcpy(process->name, name, strnlen(name, sizeof(process->name) - 1));
}

static int compare_processes(const void *a, const void *b)
{
	const struct process *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

static int collect(struct process_list *list, const struct pattern *pattern)
{
	enum pids_item items[] = {PIDS_ID_PID, PIDS_CMD};
	struct pids_info *info = NULL;
	const struct pids_stack *stack;
	int error = procps_pids_new(&info, items, sizeof(items) / sizeof(items[0]));

	if (error < 0)
		return error;
	while ((stack = procps_pids_get(info, PIDS_FETCH_TASKS_ONLY))) {
		int32_t pid = stack->head[ITEM_PID].result.s_int;
		const char *name = stack->head[ITEM_NAME].result.str;

		/* A name that exhausts the match limit counts as not matching. */
		if (pid != getpid() && name && pattern_match(pattern, name, strlen(name)) == 1)
			append(list, pid, name);
	}
	procps_pids_unref(&info);
	return 0;
}

int processes_find(const struct pattern *pattern, struct process *out, size_t capacity)
{
	struct process_list list = {0};
	int error = collect(&list, pattern);

	if (!error && list.count)
		qsort(list.processes, list.count, sizeof(*list.processes), compare_processes);
	for (size_t i = 0; !error && i < list.count && i < capacity; i++)
		out[i] = list.processes[i];
	free(list.processes);
	if (error)
		return error;
	return list.count < INT_MAX ? (int)list.count : INT_MAX;
}
