/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/search_walk.h"

#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"

#define PIECE_BYTES ((size_t)1 << 20)

/* Memory of devices is not looked at: reading it may change it. */
static bool is_searched(const struct vma *vma, uint64_t start, uint64_t end)
{
	return vma->perms & PERM_READ && vma->kind != KIND_DEVICE && vma->kind != KIND_VVAR &&
	       vma->end > start && (vma->start < end || end == UINT64_MAX);
}

struct search_request search_request_of(const struct address_space *space,
					const struct memory_needle *needle, size_t most,
					uint64_t start, uint64_t end)
{
	struct search_request request = {.pid = space->target.pid, .needle = *needle, .most = most};

	request.ranges = memory_alloc(space->vma_count * sizeof(*request.ranges));
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (is_searched(vma, start, end))
			request.ranges[request.count++] = (struct search_range){
				.start = vma->start > start ? vma->start : start,
				.end = vma->end < end ? vma->end : end,
			};
	}
	return request;
}

void search_request_finish(struct search_request *request)
{
	free(request->ranges);
	*request = (struct search_request){0};
}

int search_walk_begin(struct search_walk *walk, const struct procfs_options *options,
		      struct search_request *request, double share_max, double share_min)
{
	int error;

	*walk = (struct search_walk){.request = *request};
	*request = (struct search_request){0};
	error = resident_memory_open(&walk->memory, options, walk->request.pid);
	if (error) {
		search_request_finish(&walk->request);
		return error;
	}
	walk->reader = resident_memory_reader(&walk->memory);
	memory_search_init(&walk->search, &walk->request.needle, walk->request.most);
	walk->bytes = memory_alloc(PIECE_BYTES);
	walk->absent = memory_alloc(memory_reader_map_size(walk->reader.page_size - 1, PIECE_BYTES,
							   walk->reader.page_size));
	for (size_t i = 0; i < walk->request.count; i++)
		walk->all += walk->request.ranges[i].end - walk->request.ranges[i].start;
	scan_pace_init(&walk->pace, share_max, share_min, clock_ns(CLOCK_MONOTONIC));
	return 0;
}

void search_walk_finish(struct search_walk *walk)
{
	resident_memory_close(&walk->memory);
	memory_search_finish(&walk->search);
	search_request_finish(&walk->request);
	free(walk->bytes);
	free(walk->absent);
}

/* Looks through a piece from the cursor on. */
static int look(struct search_walk *walk, const struct search_range *range)
{
	const uint64_t page_size = walk->reader.page_size;
	uint64_t left = range->end - walk->cursor;
	size_t size = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
	int error = walk->reader.read(walk->reader.context, walk->cursor, walk->bytes, size,
				      walk->absent);

	if (error)
		return error;
	memory_search_feed(&walk->search, walk->cursor, walk->bytes, size, walk->absent, page_size);
	for (size_t page = 0; page < memory_reader_pages(walk->cursor, size, page_size); page++)
		if (!(walk->absent[page / 8] >> page % 8 & 1))
			walk->read += page_size;
	walk->cursor += size;
	return 0;
}

/* Moves on by a piece, or to where there is one. */
static int advance(struct search_walk *walk, const struct search_range *range)
{
	uint64_t before;
	int found, error = 0;

	if (walk->cursor < range->start)
		walk->cursor = range->start;
	before = walk->cursor;
	found = resident_memory_skip(&walk->memory, range->end, &walk->cursor);
	if (found < 0)
		return found;
	if (walk->cursor > range->end)
		walk->cursor = range->end;
	if (found && walk->cursor < range->end)
		error = look(walk, range);
	walk->walked += walk->cursor - before;
	if (walk->cursor >= range->end)
		walk->index++;
	return error;
}

int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns)
{
	int error;

	if (walk->index == walk->request.count || walk->search.full)
		return 0;
	error = advance(walk, &walk->request.ranges[walk->index]);
	if (error)
		return error;
	*ret_pause_ns = resident_memory_pause(&walk->memory, &walk->pace);
	return 1;
}
