/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_heap.h"

#include <stdlib.h>
#include <time.h>

#include "app/options.h"
#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/session.h"
#include "residency/heap_prober.h"
#include "ui/heap_wants.h"
#include "ui/pane/heap_pane.h"
#include "ui/ui.h"

/* Of one processor, that walks take at most: a second one begins after the rest of the time. */
#define SHARE 50 /* one in so many */

static bool is_time(const struct watch_heap *heap, const struct ui *ui)
{
	return !heap->asking && ui->shown.space->time_ns != heap->time_ns &&
	       clock_ns(CLOCK_MONOTONIC) >= heap->earliest_ns;
}

void watch_heap_look(struct watch_heap *heap, struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(heap->options);
	bool begins = !heap->wanted;

	heap_wants_release(ui);
	heap->wanted = heap_wants(ui);
	if (!heap->wanted)
		return;
	/* Who opens the pane does not wait. */
	if (begins && !heap->asking)
		heap->time_ns = heap->earliest_ns = 0;
	if (!is_time(heap, ui))
		return;
	if (!heap->prober && heap_prober_create(&procfs, &heap->prober))
		return;
	heap->asking = true;
	heap->time_ns = ui->shown.space->time_ns;
	heap_prober_ask(heap->prober, ui->shown.space);
}

int watch_heap_descriptor(const struct watch_heap *heap)
{
	return heap->prober ? heap_prober_descriptor(heap->prober) : -1;
}

/* The chart and the growers follow what walks found. */
static void keep(struct ui *ui, const struct heap_answer *answer)
{
	const struct heap_usage *heap = &answer->heap;
	struct heap_part *parts = memory_alloc(heap->count * sizeof(*parts));

	for (size_t i = 0; i < heap->count; i++) {
		const struct heap_arena *arena = &heap->arenas[i];

		parts[i] = (struct heap_part){.address = arena->address,
					      .start = arena->start,
					      .is_main = arena->is_main,
					      .used = arena->used,
					      .free = arena->free + arena->top};
	}
	session_add_heap(ui->shown.session, answer->time_ns, parts, heap->count);
	free(parts);
}

void watch_heap_take(struct watch_heap *heap, struct ui *ui)
{
	struct heap_usage before = heap->heap;
	struct heap_answer answer;

	if (!heap->prober || !heap_prober_take(heap->prober, &answer))
		return;
	heap->asking = false;
	heap->earliest_ns = clock_ns(CLOCK_MONOTONIC) + (int64_t)answer.cost_ns * (SHARE - 1);
	heap->heap = answer.heap;
	heap_pane_take_allocator(ui, &answer.found, answer.time_ns);
	if (heap_wants_take(ui, answer.error ? NULL : &heap->heap, answer.error, answer.time_ns)) {
		if (!answer.error)
			keep(ui, &answer);
		heap_usage_finish(&before);
		return;
	}
	/* That program's heap is gone; the new one's is walked at once. */
	heap->heap = before;
	heap->earliest_ns = 0;
	heap_usage_finish(&answer.heap);
}

void watch_heap_finish(struct watch_heap *heap)
{
	heap_prober_destroy(heap->prober);
	heap->prober = NULL;
	heap_usage_finish(&heap->heap);
}
