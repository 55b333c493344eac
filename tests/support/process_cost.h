/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_PROCESS_COST_H
#define SUPPORT_PROCESS_COST_H

/*
 * What a process costs, as the kernel accounts for it, seen from outside; with its child processes,
 * since what it lets others do for it is its cost, too. Each returns 0, or -errno.
 */

#include <stdint.h>
#include <sys/types.h>

/*
 * Nanoseconds of CPU time of all threads of the process and of its children, theirs included, that
 * still run; finer than the ticks in stat. Children that have ended are not in it.
 */
int process_cost_cpu(pid_t pid, int64_t *ret_ns);

struct process_memory {
	uint64_t rss; /* bytes, of the process alone */
	uint64_t pss; /* bytes, with its children, which share most with it */
};

int process_cost_memory(pid_t pid, struct process_memory *ret_memory);

/* The past of a thread, in nanoseconds: the time that it ran, and that it waited for a CPU. */
struct thread_past {
	int64_t ran, delayed;
};

/* /proc/PID/schedstat. The rest of the time the thread slept; -ENOENT where the kernel does not
 * count. */
int process_cost_past(pid_t tid, struct thread_past *ret_past);

#endif
