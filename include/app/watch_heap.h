/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_HEAP_H
#define APP_WATCH_HEAP_H

/*
 * The inside of the heap of the process that is watched (ui/heap_wants.h): walked by a thread
 * that is started when the screen first asks for it, and again with new snapshots, but not so often
 * that it would take more of the processor than its share.
 */

#include <stdbool.h>
#include <stdint.h>

#include "inside/heap_usage.h"

struct heap_prober;
struct options;
struct ui;

struct watch_heap {
	const struct options *options;
	struct heap_prober *prober; /* NULL: not started, or it cannot be */
	struct heap_usage heap;     /* that the screen shows */
	bool asking;
	bool wanted;         /* it was, at the last look */
	int64_t time_ns;     /* of the snapshot that was asked about last */
	int64_t earliest_ns; /* CLOCK_MONOTONIC: the next walk begins no sooner */
};

/* Asks for a walk, if the screen wants one and it is time; takes back what is no longer wanted. */
void watch_heap_look(struct watch_heap *heap, struct ui *ui);

/* Readable when watch_heap_take() has something new; -1 while there is nothing to wait for. */
int watch_heap_descriptor(const struct watch_heap *heap);

/* Gives what was found to the screen. */
void watch_heap_take(struct watch_heap *heap, struct ui *ui);

void watch_heap_finish(struct watch_heap *heap);

#endif
