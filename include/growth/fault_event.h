/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_EVENT_H
#define GROWTH_FAULT_EVENT_H

/* One event of perf_event_open(2): the page faults of a thread, and of those that it makes. */

#include <stdbool.h>
#include <stdint.h>

/* Bytes that are copied of a stack, from its pointer on. */
#define FAULT_EVENT_STACK 8192u

struct fault_choice {
	uint64_t period; /* faults of a sample, at least 1 */
	bool copies;     /* registers and stack go with each sample, where the machine is known */
	bool in_kernel;  /* faults in system calls are seen, too: that takes a privilege */
};

/*
 * Opens the event of the thread (0: this one) on a processor (-1: on all). Returns a descriptor or
 * the -errno of perf_event_open(2).
 */
int fault_event_open(const struct fault_choice *choice, int32_t tid, int processor);

/*
 * Whether the kernel lets this user have such events of processes of his own: 0; -EPERM, where it
 * refuses them; or another -errno.
 */
int fault_event_probe(void);

#endif
