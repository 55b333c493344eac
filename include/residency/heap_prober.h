/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_HEAP_PROBER_H
#define RESIDENCY_HEAP_PROBER_H

/*
 * A thread that walks a process's heaps (residency/heap_walk.h) for a caller that must not wait.
 * The newest question is answered; one that was not begun is forgotten.
 */

#include <stdbool.h>
#include <stdint.h>

#include "inside/heap_usage.h"

struct address_space;
struct heap_prober;
struct procfs_options;

struct heap_answer {
	int32_t pid;
	uint64_t start_ticks;         /* of the process */
	int64_t time_ns;              /* of the snapshot that it was asked for */
	uint64_t cost_ns;             /* of processor time, that the walk took */
	int error;                    /* 0, or why nothing is known: as heap_walk() */
	struct allocator_found found; /* what is known of its malloc */
	struct heap_usage heap;       /* with its pieces; of nothing where there is an error */
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int heap_prober_create(const struct procfs_options *options, struct heap_prober **ret_prober);

/* Ends it; NULL is allowed. */
void heap_prober_destroy(struct heap_prober *prober);

/* Asks about the process of the snapshot, whose list it shares. */
void heap_prober_ask(struct heap_prober *prober, const struct address_space *space);

/* Readable when heap_prober_take() has something new. */
int heap_prober_descriptor(const struct heap_prober *prober);

/* Whether there is an answer; its heap is the caller's. */
bool heap_prober_take(struct heap_prober *prober, struct heap_answer *ret_answer);

#endif
