/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/heap_walk.h"

#include <errno.h>
#include <stdbool.h>

#include "inside/glibc_heap.h"
#include "inside/heap_usage.h"
#include "inside/heap_space.h"
#include "inside/memory_reader.h"
#include "inside/musl_heap.h"
#include "model/address_space.h"
#include "model/allocator.h"
#include "residency/resident_memory.h"

/* A reader that lets the target go first now and then. */
struct paced_reader {
	struct resident_memory memory;
	struct memory_reader reader;
	struct scan_pace *pace;
};

static int read_and_rest(void *context, uint64_t address, void *bytes, size_t size,
			 uint8_t *ret_absent)
{
	struct paced_reader *paced = context;
	int error = paced->reader.read(paced->reader.context, address, bytes, size, ret_absent);

	resident_memory_rest(&paced->memory, paced->pace);
	return error;
}

/* Whether the process may have it, for all that is known. */
static bool may_have(const struct allocator_found *found, enum allocator allocator)
{
	return found->allocator == allocator || found->allocator == ALLOCATOR_UNKNOWN;
}

/* glibc's may be in use beside any other, but not beside another C library's. */
static int walk(const struct heap_memory *memory, const struct allocator_found *found, bool pieces,
		struct heap_usage *ret_heap)
{
	int error = -ENOENT;

	if (found->allocator != ALLOCATOR_MUSL && found->allocator != ALLOCATOR_MUSL_OLD)
		error = glibc_heap_read(memory, pieces, ret_heap);
	if (error == -ENOENT && may_have(found, ALLOCATOR_MUSL))
		error = musl_heap_read(memory, found->context, pieces, ret_heap);
	return error;
}

int heap_walk(const struct procfs_options *options, const struct address_space *space,
	      struct allocator_found *found, struct scan_pace *pace, bool pieces,
	      struct heap_usage *ret_heap)
{
	struct paced_reader paced = {.pace = pace};
	struct memory_reader reader = {.read = read_and_rest, .context = &paced};
	struct heap_space ranges;
	int error = resident_memory_open(&paced.memory, options, space->target.pid);

	if (error)
		return error;
	paced.reader = resident_memory_reader(&paced.memory);
	reader.page_size = paced.reader.page_size;
	heap_space_init(&ranges, space);
	ranges.memory.reader = &reader;
	error = walk(&ranges.memory, found, pieces, ret_heap);
	if (!error && found->allocator == ALLOCATOR_UNKNOWN)
		found->allocator = ret_heap->allocator;
	heap_space_finish(&ranges);
	resident_memory_close(&paced.memory);
	return error;
}
