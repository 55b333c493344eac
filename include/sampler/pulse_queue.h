/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PULSE_QUEUE_H
#define SAMPLER_PULSE_QUEUE_H

/*
 * Pulses that wait to be taken, oldest first, bounded: the oldest are dropped. Of pulses that are
 * all equal but for their time the first and the last are kept, as the two ends of a plateau. All
 * zeroes is a valid, empty queue.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/pulse.h"

#define PULSE_QUEUE_MAX ((size_t)4096)

struct pulse_queue {
	struct pulse *pulses; /* a ring of PULSE_QUEUE_MAX; NULL before the first */
	size_t first, count;
	struct pulse last; /* the last one added, also when it was taken */
	bool any;          /* last is set */
	bool level;        /* the newest one waiting equals the one before it */
};

/* Whether anything but the time differs. */
bool pulse_differs(const struct pulse *a, const struct pulse *b);

/* Whether mappings differ, as far as pulses show: not what is resident or shared. */
bool pulse_moved(const struct pulse *a, const struct pulse *b);

/* Adds a pulse; its time is not before the last one's. */
void pulse_queue_add(struct pulse_queue *queue, const struct pulse *pulse);

/* Takes the oldest pulses, at most capacity. Returns how many. */
size_t pulse_queue_take(struct pulse_queue *queue, struct pulse *out, size_t capacity);

/* Frees what the queue holds and empties it. */
void pulse_queue_finish(struct pulse_queue *queue);

#endif
