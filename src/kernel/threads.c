/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/threads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/search.h"
#include "kernel/proc_file.h"
#include "kernel/task_list.h"
#include "procfs/stat_parser.h"
#include "procfs/syscall_parser.h"

#define THREADS_MAX 4096 /* threads that are looked at */
#define ASK_MAX     512  /* syscall files read in one sample */
#define AGAIN_MAX   4    /* of them, those of threads whose stack pointer is known */
#define LEFT_MAX    1024 /* stacks of threads that have ended */
#define FILE_MAX    4096 /* bytes of task/TID/stat and task/TID/syscall, far more than needed */
#define PATH_LENGTH 40   /* "task/2147483647/syscall" */

struct thread_entry {
	int32_t tid;
	bool asked;       /* once at least: new threads go first */
	bool top;         /* own is told by the C library */
	uint64_t address; /* stack pointer; 0 unknown */
	uint64_t own;     /* in the thread's own stack; 0 unknown */
};

/* Where the thread's own data lies at the very top of its stack. */
#if defined(__x86_64__) || defined(__i386__)
static const bool own_on_top = true;
#else
static const bool own_on_top = false;
#endif

/* The own stack of a thread that has ended. */
struct thread_left {
	uint64_t own;
	bool top;
};

static int compare_entries(const void *a, const void *b)
{
	const struct thread_entry *x = a, *y = b;

	return (x->tid > y->tid) - (x->tid < y->tid);
}

static void add_entry(struct threads *threads, int32_t tid)
{
	threads->entries = memory_array_grow(threads->entries, threads->count, &threads->capacity,
					     sizeof(*threads->entries));
	threads->entries[threads->count++] = (struct thread_entry){.tid = tid};
}

/* All that there are, the main thread first, if it is one of several. */
static void add_entries(struct threads *threads, const struct threads_place *place)
{
	DIR *tasks = place->has_others ? task_list_open(place->directory) : NULL;
	int32_t tid;

	add_entry(threads, place->pid);
	if (!tasks)
		return;
	while (threads->count < THREADS_MAX && (tid = task_list_next(tasks)))
		if (tid != place->pid)
			add_entry(threads, tid);
	closedir(tasks);
	qsort(threads->entries, threads->count, sizeof(*threads->entries), compare_entries);
}

/* The thread has ended; the C library keeps its stack for the next one, or unmaps it. */
static void leave(struct threads *threads, const struct thread_entry *entry)
{
	if (!entry->own || threads->left_count == LEFT_MAX)
		return;
	threads->left = memory_array_grow(threads->left, threads->left_count,
					  &threads->left_capacity, sizeof(*threads->left));
	threads->left[threads->left_count++] =
		(struct thread_left){.own = entry->own, .top = entry->top};
}

/* Lists the threads anew and carries over what is known of them. */
static void list_threads(struct threads *threads, const struct threads_place *place)
{
	struct thread_entry *entries = threads->former;
	size_t capacity = threads->former_capacity;

	threads->former = threads->entries;
	threads->former_count = threads->count;
	threads->former_capacity = threads->capacity;
	threads->entries = entries;
	threads->capacity = capacity;
	threads->count = 0;
	add_entries(threads, place);
	for (size_t i = 0, j = 0; j < threads->former_count;) {
		if (i == threads->count || threads->entries[i].tid > threads->former[j].tid)
			leave(threads, &threads->former[j++]);
		else if (threads->entries[i].tid == threads->former[j].tid)
			threads->entries[i++] = threads->former[j++];
		else
			i++;
	}
}

/* The VMA with access that contains the address; NULL when none does. */
static const struct vma *find_accessible(const struct vma *vmas, size_t count, uint64_t address)
{
	size_t index = SEARCH_ABOVE(vmas, count, end, address);

	return index < count && vmas[index].start <= address && (vmas[index].perms & PERM_ACCESS)
		       ? &vmas[index]
		       : NULL;
}

/* Another thread is on the stack that one has left there. */
static void drop_left(struct threads *threads, uint64_t start, uint64_t end)
{
	size_t kept = 0;

	for (size_t i = 0; i < threads->left_count; i++)
		if (threads->left[i].own < start || threads->left[i].own >= end)
			threads->left[kept++] = threads->left[i];
	threads->left_count = kept;
}

/* Asks the kernel for the thread's list of robust mutexes: see the header. Returns 0 or -errno. */
static int find_own_stack(struct threads *threads, struct thread_entry *entry)
{
	void *head = NULL;
	size_t length;

	if (syscall(SYS_get_robust_list, entry->tid, &head, &length))
		return -errno;
	if (head) {
		if (entry->own != (uintptr_t)head)
			drop_left(threads, (uintptr_t)head, (uintptr_t)head + 1);
		entry->own = (uintptr_t)head;
		entry->top = true;
	}
	return 0;
}

static void find_own_stacks(struct threads *threads, int32_t pid)
{
	for (size_t i = 0; i < threads->count; i++) {
		struct thread_entry *entry = &threads->entries[i];
		int error = entry->tid == pid || entry->top ? 0 : find_own_stack(threads, entry);

		/* What is forbidden for one thread is so for all of the process. */
		if (error == -EPERM || error == -ENOSYS)
			return;
	}
}

/* Returns 0, also when the thread told nothing; or the -errno why it may not be asked. */
static int ask(struct threads *threads, const struct threads_place *place,
	       struct thread_entry *entry)
{
	char path[PATH_LENGTH];
	uint64_t address;
	int error;

	snprintf(path, sizeof(path), "task/%d/syscall", entry->tid);
	entry->asked = true;
	if (place->live && entry->tid == place->pid)
		error = proc_file_read_again(&threads->main_file, place->directory, path, FILE_MAX,
					     &threads->text);
	else
		error = proc_file_read(place->directory, path, FILE_MAX, &threads->text);
	if (error)
		return error;
	if (syscall_parse(text_string(&threads->text), threads->text.length, &address) == 0)
		entry->address = address;
	else if (entry->own)
		entry->address = 0; /* it runs, anywhere; where it belongs is known without it */
	return 0;
}

static bool is_forbidden(int error)
{
	return error == -EPERM || error == -EACCES;
}

/*
 * Asks the threads of which nothing is known, either those that were asked before or those that
 * were not. Returns what is left of the budget.
 */
static size_t ask_unknown(struct threads *threads, const struct threads_place *place, bool asked,
			  size_t budget)
{
	for (size_t i = 0; i < threads->count && budget; i++) {
		struct thread_entry *entry = &threads->entries[i];

		if (entry->address || entry->asked != asked || (asked && entry->own))
			continue;
		if (is_forbidden(ask(threads, place, entry)))
			return 0;
		budget--;
	}
	return budget;
}

/*
 * Asks a few of the others again, each in its turn, and for its own stack, too: the ID may be that
 * of another thread by now.
 */
static void ask_again(struct threads *threads, const struct threads_place *place)
{
	size_t asked = threads->count < AGAIN_MAX ? threads->count : AGAIN_MAX;

	for (size_t i = 0; i < asked; i++, threads->next++) {
		struct thread_entry *entry;

		threads->next %= threads->count;
		entry = &threads->entries[threads->next];
		if (!entry->asked)
			continue;
		if (place->own_namespace && entry->tid != place->pid)
			find_own_stack(threads, entry);
		if (is_forbidden(ask(threads, place, entry)))
			return;
	}
}

/* The main thread's stack pointer is news only when it is not where it is expected. */
static bool is_worth_telling(const struct thread_entry *entry, int32_t pid, const struct vma *vmas,
			     size_t vma_count)
{
	const struct vma *vma;

	if (entry->tid != pid)
		return entry->address || entry->own;
	vma = find_accessible(vmas, vma_count, entry->address);
	return vma && strcmp(vma->name, "[stack]") != 0;
}

static void add_stack(struct threads *threads, struct thread_stack_pointer stack)
{
	threads->stacks = memory_array_grow(threads->stacks, threads->stack_count,
					    &threads->stack_capacity, sizeof(*threads->stacks));
	threads->stacks[threads->stack_count++] = stack;
}

static void collect(struct threads *threads, int32_t pid, const struct vma *vmas, size_t vma_count)
{
	threads->stack_count = 0;
	for (size_t i = 0; i < threads->left_count; i++)
		add_stack(threads, (struct thread_stack_pointer){
					   .own = threads->left[i].own,
					   .own_on_top = threads->left[i].top && own_on_top,
				   });
	for (size_t i = 0; i < threads->count; i++) {
		const struct thread_entry *entry = &threads->entries[i];

		if (!is_worth_telling(entry, pid, vmas, vma_count))
			continue;
		add_stack(threads, (struct thread_stack_pointer){
					   .tid = entry->tid,
					   .address = entry->address,
					   .own = entry->own,
					   .own_on_top = entry->top && own_on_top,
				   });
	}
}

static void forget_lost(struct threads *threads, const struct vma *vmas, size_t vma_count)
{
	size_t kept = 0;

	for (size_t i = 0; i < threads->left_count; i++)
		if (find_accessible(vmas, vma_count, threads->left[i].own))
			threads->left[kept++] = threads->left[i];
	threads->left_count = kept;
	for (size_t i = 0; i < threads->count; i++) {
		struct thread_entry *entry = &threads->entries[i];

		if (!find_accessible(vmas, vma_count, entry->address))
			entry->address = 0;
		if (!find_accessible(vmas, vma_count, entry->own)) {
			entry->own = 0;
			entry->top = false;
		}
	}
}

void threads_read(struct threads *threads, const struct threads_place *place,
		  const struct vma *vmas, size_t vma_count)
{
	size_t budget = ASK_MAX;

	list_threads(threads, place);
	if (place->own_namespace)
		find_own_stacks(threads, place->pid);
	forget_lost(threads, vmas, vma_count);
	ask_again(threads, place);
	/* Threads that were asked in vain get half of the budget: the new ones must be heard. */
	budget = ask_unknown(threads, place, true, budget / 2) + budget / 2;
	ask_unknown(threads, place, false, budget);
	collect(threads, place->pid, vmas, vma_count);
}

void threads_learn(struct threads *threads, const struct vma *stacks, size_t count)
{
	for (size_t i = 0; i < threads->count; i++) {
		struct thread_entry *entry = &threads->entries[i];
		const struct vma *stack = find_accessible(stacks, count, entry->address);

		if (!entry->own && stack && stack->kind == KIND_THREAD_STACK &&
		    stack->tid == entry->tid && !stack->alternate) {
			entry->own = entry->address;
			drop_left(threads, stack->start, stack->end);
		}
	}
}

static bool has_address_space(int directory, struct text *text)
{
	struct proc_stat stat;

	return proc_file_read(directory, "stat", FILE_MAX, text) == 0 &&
	       stat_parse(text_string(text), text->length, &stat) == 0 && stat_has_memory(&stat);
}

int threads_open_live(int directory, int32_t pid)
{
	DIR *tasks = task_list_open(directory);
	struct text text = {0};
	int found = -ESRCH;
	int32_t tid;

	if (!tasks)
		return -ESRCH;
	while (found < 0 && (tid = task_list_next(tasks))) {
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
	free(threads->left);
	proc_file_close(&threads->main_file);
	text_finish(&threads->text);
	*threads = (struct threads){0};
}
