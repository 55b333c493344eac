/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/threads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "sampler/proc_file.h"
#include "sampler/stat_parser.h"
#include "sampler/syscall_parser.h"

#define THREADS_MAX 4096 /* threads that are looked at */
#define ASK_MAX     512  /* syscall files read in one sample */
#define FILE_MAX    4096 /* bytes of task/TID/stat and task/TID/syscall, far more than needed */
#define PATH_LENGTH 40   /* "task/2147483647/syscall" */

struct thread_entry {
	int32_t tid;
	bool asked;       /* once at least: new threads go first */
	uint64_t address; /* stack pointer; 0 unknown */
};

static DIR *open_tasks(int directory)
{
	int file = openat(directory, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *tasks = file < 0 ? NULL : fdopendir(file);

	if (!tasks && file >= 0)
		close(file);
	return tasks;
}

/* The next thread's id; 0 at the end. */
static int32_t next_task(DIR *tasks)
{
	const struct dirent *entry;
	uint64_t tid;

	while ((entry = readdir(tasks)))
		if (number_parse(entry->d_name, strlen(entry->d_name), INT32_MAX, &tid) == 0)
			return (int32_t)tid;
	return 0;
}

static int compare_entries(const void *a, const void *b)
{
	const struct thread_entry *x = a, *y = b;

	return (x->tid > y->tid) - (x->tid < y->tid);
}

/* Lists the threads anew and carries over what is known of them. */
static void list_threads(struct threads *threads, int directory, int32_t pid)
{
	struct thread_entry *entries = threads->former;
	size_t capacity = threads->former_capacity;
	DIR *tasks = open_tasks(directory);
	int32_t tid;

	threads->former = threads->entries;
	threads->former_count = threads->count;
	threads->former_capacity = threads->capacity;
	threads->entries = entries;
	threads->capacity = capacity;
	threads->count = 0;
	if (!tasks)
		return;
	while (threads->count < THREADS_MAX && (tid = next_task(tasks))) {
		if (tid == pid)
			continue;
		threads->entries = memory_array_grow(threads->entries, threads->count,
						     &threads->capacity, sizeof(*threads->entries));
		threads->entries[threads->count++] = (struct thread_entry){.tid = tid};
	}
	closedir(tasks);
	if (threads->count)
		qsort(threads->entries, threads->count, sizeof(*threads->entries), compare_entries);
	for (size_t i = 0, j = 0; i < threads->count && j < threads->former_count;) {
		if (threads->entries[i].tid == threads->former[j].tid)
			threads->entries[i++] = threads->former[j++];
		else if (threads->entries[i].tid < threads->former[j].tid)
			i++;
		else
			j++;
	}
}

static bool is_accessible(const struct vma *vmas, size_t count, uint64_t address)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (vmas[middle].end > address)
			high = middle;
		else
			low = middle + 1;
	}
	return low < count && vmas[low].start <= address && (vmas[low].perms & PERM_ACCESS);
}

/* Returns 0, also when the thread told nothing; or the -errno why it may not be asked. */
static int ask(struct threads *threads, int directory, struct thread_entry *entry)
{
	char path[PATH_LENGTH];
	uint64_t address;
	int error;

	snprintf(path, sizeof(path), "task/%d/syscall", entry->tid);
	entry->asked = true;
	error = proc_file_read(directory, path, FILE_MAX, &threads->text);
	if (!error &&
	    syscall_parse(text_string(&threads->text), threads->text.length, &address) == 0)
		entry->address = address;
	return error;
}

/*
 * Asks the threads of which nothing is known, either those that were asked before or those that
 * were not. Returns what is left of the budget.
 */
static size_t ask_unknown(struct threads *threads, int directory, bool asked, size_t budget)
{
	for (size_t i = 0; i < threads->count && budget; i++) {
		struct thread_entry *entry = &threads->entries[i];
		int error;

		if (entry->address || entry->asked != asked)
			continue;
		error = ask(threads, directory, entry);
		/* What is forbidden for one thread is so for all of the process. */
		if (error == -EPERM || error == -EACCES)
			return 0;
		budget--;
	}
	return budget;
}

static void collect(struct threads *threads)
{
	threads->stack_count = 0;
	for (size_t i = 0; i < threads->count; i++) {
		if (!threads->entries[i].address)
			continue;
		threads->stacks =
			memory_array_grow(threads->stacks, threads->stack_count,
					  &threads->stack_capacity, sizeof(*threads->stacks));
		threads->stacks[threads->stack_count++] = (struct thread_stack_pointer){
			.tid = threads->entries[i].tid,
			.address = threads->entries[i].address,
		};
	}
}

void threads_read(struct threads *threads, int directory, int32_t pid, const struct vma *vmas,
		  size_t vma_count)
{
	size_t budget = ASK_MAX;

	list_threads(threads, directory, pid);
	for (size_t i = 0; i < threads->count; i++)
		if (!is_accessible(vmas, vma_count, threads->entries[i].address))
			threads->entries[i].address = 0;
	/* Threads that were asked in vain get half of the budget: the new ones must be heard. */
	budget = ask_unknown(threads, directory, true, budget / 2) + budget / 2;
	ask_unknown(threads, directory, false, budget);
	collect(threads);
}

static bool has_address_space(int directory, struct text *text)
{
	struct proc_stat stat;

	return proc_file_read(directory, "stat", FILE_MAX, text) == 0 &&
	       stat_parse(text_string(text), text->length, &stat) == 0 && stat.state != 'Z' &&
	       stat.state != 'X' && stat.size != 0;
}

int threads_open_live(int directory, int32_t pid)
{
	DIR *tasks = open_tasks(directory);
	struct text text = {0};
	int found = -ESRCH;
	int32_t tid;

	if (!tasks)
		return -ESRCH;
	while (found < 0 && (tid = next_task(tasks))) {
		char path[PATH_LENGTH];

		if (tid == pid)
			continue;
		snprintf(path, sizeof(path), "task/%d", tid);
		found = openat(directory, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (found >= 0 && !has_address_space(found, &text)) {
			close(found);
			found = -ESRCH;
		}
	}
	closedir(tasks);
	text_finish(&text);
	return found < 0 ? -ESRCH : found;
}

void threads_finish(struct threads *threads)
{
	free(threads->stacks);
	free(threads->entries);
	free(threads->former);
	text_finish(&threads->text);
	*threads = (struct threads){0};
}
