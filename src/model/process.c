/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/process.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/target.h"

struct process_list *process_list_create(void)
{
	struct process_list *list = memory_alloc(sizeof(*list));

	list->mappings_max = TARGET_UNKNOWN;
	return list;
}

void process_list_destroy(struct process_list *list)
{
	if (!list)
		return;
	free(list->processes);
	arena_finish(&list->arena);
	free(list);
}

void process_list_add(struct process_list *list, const struct process *process)
{
	struct arena *arena = &list->arena;
	struct process copy = *process;

	copy.comm = arena_copy(arena, process->comm, strlen(process->comm));
	copy.command =
		arena_copy(arena, process->command, strnlen(process->command, PROCESS_COMMAND_MAX));
	if (process->user)
		copy.user = arena_copy(arena, process->user, strlen(process->user));
	list->has_units |= process->unit != NULL;
	if (process->unit)
		copy.unit = arena_copy(arena, process->unit, strlen(process->unit));
	list->processes = memory_array_grow(list->processes, list->count, &list->capacity,
					    sizeof(*list->processes));
	list->processes[list->count++] = copy;
}

static int compare_pids(const void *a, const void *b)
{
	const struct process *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

void process_list_sort(struct process_list *list)
{
	if (list->count)
		qsort(list->processes, list->count, sizeof(*list->processes), compare_pids);
}

const struct process *process_list_find(const struct process_list *list, int32_t pid)
{
	const struct process key = {.pid = pid};

	if (!list->count)
		return NULL;
	return bsearch(&key, list->processes, list->count, sizeof(key), compare_pids);
}

const char *process_access_words(enum process_access access)
{
	switch (access) {
	case PROCESS_KERNEL: return "kernel thread";
	case PROCESS_ENDED: return "has ended";
	case PROCESS_FOREIGN: return "another user's";
	case PROCESS_FORBIDDEN: return "permission denied";
	default: return NULL;
	}
}
