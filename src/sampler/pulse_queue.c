/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/pulse_queue.h"

#include <stdlib.h>

#include "base/memory.h"

bool pulse_moved(const struct pulse *a, const struct pulse *b)
{
	return a->heap_end != b->heap_end || a->heap != b->heap || a->size != b->size ||
	       a->data != b->data;
}

bool pulse_differs(const struct pulse *a, const struct pulse *b)
{
	return pulse_moved(a, b) || a->resident != b->resident || a->shared != b->shared;
}

static struct pulse *at(const struct pulse_queue *queue, size_t index)
{
	return &queue->pulses[(queue->first + index) % PULSE_QUEUE_MAX];
}

void pulse_queue_add(struct pulse_queue *queue, const struct pulse *pulse)
{
	bool equal = queue->any && !pulse_differs(&queue->last, pulse);

	if (!queue->pulses)
		queue->pulses = memory_alloc(PULSE_QUEUE_MAX * sizeof(*queue->pulses));
	queue->last = *pulse;
	queue->any = true;
	if (equal && queue->level) {
		*at(queue, queue->count - 1) = *pulse;
		return;
	}
	if (queue->count == PULSE_QUEUE_MAX) {
		queue->first = (queue->first + 1) % PULSE_QUEUE_MAX;
		queue->count--;
	}
	*at(queue, queue->count++) = *pulse;
	queue->level = equal;
}

size_t pulse_queue_take(struct pulse_queue *queue, struct pulse *out, size_t capacity)
{
	size_t count = queue->count < capacity ? queue->count : capacity;

	for (size_t i = 0; i < count; i++)
		out[i] = *at(queue, i);
	queue->first = (queue->first + count) % PULSE_QUEUE_MAX;
	queue->count -= count;
	if (queue->count == 0)
		queue->level = false;
	return count;
}

void pulse_queue_finish(struct pulse_queue *queue)
{
	free(queue->pulses);
	*queue = (struct pulse_queue){0};
}
