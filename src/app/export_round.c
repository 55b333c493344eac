/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/export_round.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/heap_usage.h"
#include "model/address_space.h"
#include "model/target.h"
#include "model/usage.h"

void export_round_finish(struct export_round *round)
{
	for (size_t i = 0; i < round->count; i++) {
		free((char *)round->processes[i].comm);
		free((char *)round->processes[i].unit);
	}
	free(round->processes);
	free(round->starts);
	*round = (struct export_round){0};
}

/* The process in the last round; NULL: it was not there, or ran another program. */
static const struct metrics_process *find_last(const struct export_round *last,
					       const struct target *target)
{
	for (size_t i = 0; last && i < last->count; i++)
		if (last->processes[i].pid == target->pid &&
		    last->starts[i] == target->start_ticks &&
		    !strcmp(last->processes[i].comm, target->comm))
			return &last->processes[i];
	return NULL;
}

static void fill_kinds(struct metrics_process *process, const struct metrics_process *before,
		       const struct address_space *space, const struct usage_table *usage)
{
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_total *total = &space->by_kind[kind];
		const struct usage *sum = &usage->by_kind[kind];

		process->kinds[kind] = (struct metrics_kind){
			.mappings = total->mappings,
			.size = total->size,
			.rss = sum->rss,
			.pss = sum->pss,
			.swap = sum->swap,
			.size_first = before ? before->kinds[kind].size_first : total->size,
		};
	}
}

/* Where nothing of it could be walked, nothing is known to be in use or free. */
static void fill_heap(struct metrics_process *process, const struct heap_usage *heap)
{
	struct heap_arena sum;

	process->heap_used = process->heap_free = TARGET_UNKNOWN;
	process->heap_free_resident = process->heap_unknown = TARGET_UNKNOWN;
	if (!heap)
		return;
	sum = heap_usage_sum(heap);
	process->heap_unknown = sum.unknown;
	if (sum.unknown >= sum.system)
		return;
	process->heap_used = sum.used;
	process->heap_free = sum.free + sum.top;
	process->heap_free_resident = sum.resident_free;
}

void export_round_add(struct export_round *round, const struct export_round *last,
		      const struct export_sample *sample)
{
	const struct address_space *space = sample->space;
	const struct target *target = &space->target;
	struct metrics_process process = {
		.pid = target->pid,
		.comm = memory_copy_string(target->comm),
		.unit = memory_copy_string(sample->unit),
		.mappings = space->mappings,
		.mappings_max = target->limits.max_map_count,
		.writable_executable = space->writable_executable,
		.heap = space->by_kind[KIND_HEAP].size + space->by_kind[KIND_ARENA].size,
	};
	size_t starts_capacity = round->capacity;

	fill_kinds(&process, find_last(last, target), space, sample->usage);
	fill_heap(&process, sample->heap);
	round->starts = memory_array_grow(round->starts, round->count, &starts_capacity,
					  sizeof(*round->starts));
	round->processes = memory_array_grow(round->processes, round->count, &round->capacity,
					     sizeof(*round->processes));
	round->starts[round->count] = target->start_ticks;
	round->processes[round->count++] = process;
}
