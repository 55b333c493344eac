/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_THREADS_H
#define SAMPLER_THREADS_H

/*
 * The stack pointers of a process's threads, by which their stacks are found. A thread that was
 * running told none and is asked again at the next sample. What a thread told is kept while it
 * lives and its stack pointer lies in accessible memory: it moves, but within its stack. A sample
 * asks a bounded number of threads. All zeroes is a valid, empty object.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/classify.h"

struct thread_entry;

struct threads {
	struct thread_stack_pointer *stacks; /* the result: those known, ascending by tid */
	size_t stack_count;
	/* Private: */
	struct thread_entry *entries; /* all but the main thread, ascending by tid */
	struct thread_entry *former;  /* those of the sample before, to look in */
	size_t count, former_count;
	size_t stack_capacity, capacity, former_capacity;
	struct text text;
};

/*
 * Finds the threads of process pid, whose /proc/PID directory is given, and the stack pointers of
 * all that tell. What may not be read stays unknown.
 */
void threads_read(struct threads *threads, int directory, int32_t pid, const struct vma *vmas,
		  size_t vma_count);

/*
 * The directory task/TID of a thread that still has an address space, for a process whose main
 * thread has ended. Returns an O_PATH descriptor that the caller closes, or -ESRCH.
 */
int threads_open_live(int directory, int32_t pid);

void threads_finish(struct threads *threads);

#endif
