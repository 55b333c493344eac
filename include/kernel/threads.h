/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_THREADS_H
#define KERNEL_THREADS_H

/*
 * What is known of where the stacks of a process's threads are, without stopping a thread.
 *
 * The stack pointer comes from /proc/PID/task/TID/syscall, as long as the thread waits in the
 * kernel. A thread that was running has none and is asked again at the next sample. That of a
 * thread is kept while it lives and its stack pointer lies in accessible memory: it moves, but
 * within its stack, unless that is one for signals or a fiber. Therefore a few threads are asked
 * again with each sample, in turn. A sample asks a bounded number of threads.
 *
 * The place of the thread's own stack comes from get_robust_list(2): the C library of GNU has the
 * list of a thread's robust mutexes in struct pthread, which on x86 lies in the topmost page of the
 * stack (TLS_TCB_AT_TP), elsewhere near the top. It takes the permission to read maps, and works
 * for running threads, too. The pid namespace of the caller must be the process's. Where it is
 * unknown, the thread's first stack pointer stands for it from then on.
 *
 * All zeroes is a valid, empty object.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "model/classify.h"

struct thread_entry;
struct thread_left;

struct threads {
	struct thread_stack_pointer *stacks; /* the result: those known, ascending by tid; first,
					      * with tid 0, own stacks of threads that ended */
	size_t stack_count;
	/* Private: */
	struct thread_entry *entries; /* ascending by tid */
	struct thread_entry *former;  /* those of the sample before, to look in */
	size_t count, former_count;
	size_t stack_capacity, capacity, former_capacity;
	size_t next; /* whose turn it is to be asked again */
	struct proc_file main_file;
	struct thread_left *left; /* the stacks of threads that have ended */
	size_t left_count, left_capacity;
	struct text text;
};

/* The process whose threads are read. */
struct threads_place {
	int directory; /* /proc/PID */
	int32_t pid;
	bool live;          /* it is below a live procfs */
	bool has_others;    /* it has threads beside the main one, as far as is known */
	bool own_namespace; /* its threads have the same IDs for get_robust_list(2) */
};

/* Finds the threads and what all that tell have told. What may not be read stays unknown. */
void threads_read(struct threads *threads, const struct threads_place *place,
		  const struct vma *vmas, size_t vma_count);

/*
 * Takes over what was found out by the stack pointers: parts, or else VMAs, that are the stacks of
 * threads. From then on these threads' own stacks are known.
 */
void threads_learn(struct threads *threads, const struct vma *stacks, size_t count);

/*
 * The directory task/TID of a thread that still has an address space, for a process whose main
 * thread has ended. Returns an O_PATH descriptor that the caller closes, or -ESRCH.
 */
int threads_open_live(int directory, int32_t pid);

void threads_finish(struct threads *threads);

#endif
