/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"

struct place {
	const struct fault_threads *threads;
	int32_t tid;
};

static bool is_from(const void *context, size_t index)
{
	const struct place *place = context;

	return place->threads->threads[index].tid >= place->tid;
}

static size_t find(const struct fault_threads *threads, int32_t tid)
{
	const struct place place = {threads, tid};

	return search_first(threads->count, is_from, &place);
}

static bool is_at(const struct fault_threads *threads, size_t index, int32_t tid)
{
	return index < threads->count && threads->threads[index].tid == tid;
}

void fault_threads_add(struct fault_threads *threads, int32_t tid, uint32_t set)
{
	size_t index = find(threads, tid);

	if (!is_at(threads, index, tid)) {
		threads->threads = memory_array_grow(threads->threads, threads->count,
						     &threads->capacity, sizeof(*threads->threads));
		memmove(threads->threads + index + 1, threads->threads + index,
			(threads->count - index) * sizeof(*threads->threads));
		threads->count++;
	}
	threads->threads[index] = (struct fault_thread){.tid = tid, .set = set};
}

void fault_threads_begin(struct fault_threads *threads, int32_t tid, uint32_t turn)
{
	size_t index = find(threads, tid);

	if (is_at(threads, index, tid) && threads->threads[index].turn == turn)
		return;
	fault_threads_add(threads, tid, 0);
	threads->threads[find(threads, tid)].turn = turn;
}

bool fault_threads_count(struct fault_threads *threads, int32_t tid, uint32_t set, uint32_t turn)
{
	size_t index = find(threads, tid);

	if (!is_at(threads, index, tid))
		fault_threads_begin(threads, tid, turn);
	if (!threads->threads[index].set)
		threads->threads[index].set = set;
	return threads->threads[index].set == set;
}

void fault_threads_remove(struct fault_threads *threads, int32_t tid)
{
	size_t index = find(threads, tid);

	if (!is_at(threads, index, tid))
		return;
	threads->count--;
	memmove(threads->threads + index, threads->threads + index + 1,
		(threads->count - index) * sizeof(*threads->threads));
}

const struct fault_thread *fault_threads_find(const struct fault_threads *threads, int32_t tid)
{
	size_t index = find(threads, tid);

	return is_at(threads, index, tid) ? &threads->threads[index] : NULL;
}

void fault_threads_finish(struct fault_threads *threads)
{
	free(threads->threads);
	*threads = (struct fault_threads){0};
}
