/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_THREADS_H
#define GROWTH_FAULT_THREADS_H

/*
 * The threads of a process that are listened to, and by which events: those that were opened for
 * the thread itself, or those that it inherited from the thread that made it. A thread can have
 * several sets of them, when it was listed just after it began, or when its maker has. Then one set
 * counts for it, and what the others say of the same faults does not. Pure bookkeeping. All zeroes:
 * none.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault_thread {
	int32_t tid;
	uint32_t set;  /* the number of the set that counts for it; 0: not decided */
	uint32_t turn; /* in which it was met first, see fault_threads_begin() */
};

struct fault_threads {
	struct fault_thread *threads; /* ascending by tid */
	size_t count, capacity;
};

/* The thread is listened to from now on; one of that number before is forgotten. */
void fault_threads_add(struct fault_threads *threads, int32_t tid, uint32_t set);

/*
 * The thread began: the kernel said so, once for each set, in the turn of that number. What was
 * said of it by another processor may have been read before, in the same turn.
 */
void fault_threads_begin(struct fault_threads *threads, int32_t tid, uint32_t turn);

/*
 * Whether that set counts for the thread; of one of which nothing is known, or decided, it does
 * from now on.
 */
bool fault_threads_count(struct fault_threads *threads, int32_t tid, uint32_t set, uint32_t turn);

/* The thread has ended. */
void fault_threads_remove(struct fault_threads *threads, int32_t tid);

/* NULL: it is not listened to. Valid until the next change. */
const struct fault_thread *fault_threads_find(const struct fault_threads *threads, int32_t tid);

/* Forgets all threads. */
void fault_threads_finish(struct fault_threads *threads);

#endif
