/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/heap_space.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"

#define ADDRESSES_32 (UINT64_C(1) << 32)

/* Of the brk heap, since the mappings were listed. */
#define GROWTH_MAX (UINT64_C(1) << 30)

/* Whose data a mapping is, in the order in which they are searched. */
enum data_rank { DATA_OF_LIBC, DATA_OF_PROGRAM, DATA_OF_OTHERS, DATA_RANKS };

static bool is_writable(const struct vma *vma)
{
	return (vma->perms & PERM_WRITE) && !(vma->perms & PERM_SHARED);
}

/* libc.so.6, or libc-2.31.so as it was called up to 2.34. */
static bool is_libc(const struct vma *vma)
{
	const char *slash = vma->inode ? strrchr(vma->name, '/') : NULL;

	return slash && (strncmp(slash, "/libc.so", strlen("/libc.so")) == 0 ||
			 strncmp(slash, "/libc-", strlen("/libc-")) == 0);
}

/* Data of an object: of its file, or of no file behind that. */
static bool is_data(const struct vma *vma)
{
	return is_writable(vma) && (vma->inode || vma->kind == KIND_BSS);
}

static enum data_rank rank_of(const struct vma *vma)
{
	if (is_libc(vma))
		return DATA_OF_LIBC;
	return vma->owner == OWNER_PROGRAM ? DATA_OF_PROGRAM : DATA_OF_OTHERS;
}

static void add(struct heap_range **ranges, size_t *count, size_t *capacity, const struct vma *vma)
{
	*ranges = memory_array_grow(*ranges, *count, capacity, sizeof(**ranges));
	(*ranges)[(*count)++] = (struct heap_range){vma->start, vma->end};
}

static void find_data(struct heap_space *ranges, const struct address_space *space)
{
	size_t *count = &ranges->memory.data.count, capacity = 0;

	for (int rank = 0; rank < DATA_RANKS; rank++)
		for (size_t i = 0; i < space->vma_count; i++)
			if (is_data(&space->vmas[i]) && (int)rank_of(&space->vmas[i]) == rank)
				add(&ranges->data, count, &capacity, &space->vmas[i]);
	ranges->memory.data.ranges = ranges->data;
}

/*
 * Where the range that the VMA ends may end by now: the target runs, and heaps grow. The brk heap
 * goes up, an arena opens what is reserved behind it. What is not in memory is never read.
 */
static uint64_t find_end(const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];
	const struct vma *next = index + 1 < space->vma_count ? vma + 1 : NULL;
	uint64_t end = vma->end > UINT64_MAX - GROWTH_MAX ? UINT64_MAX : vma->end + GROWTH_MAX;

	if (vma->kind == KIND_HEAP)
		return next && next->start < end ? next->start : end;
	if (vma->kind == KIND_ARENA && next && next->kind == KIND_RESERVE &&
	    next->start == vma->end)
		return next->end;
	return vma->end;
}

/* Neighbours are one range: a chunk may lie in both. */
static void find_writable(struct heap_space *ranges, const struct address_space *space)
{
	size_t *count = &ranges->memory.writable.count, capacity = 0;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (!is_writable(vma))
			continue;
		if (!*count || ranges->writable[*count - 1].end < vma->start)
			add(&ranges->writable, count, &capacity, vma);
		ranges->writable[*count - 1].end = find_end(space, i);
		if (vma->kind != KIND_HEAP)
			continue;
		/* Parts of it may have other permissions. */
		if (ranges->memory.heap.start == ranges->memory.heap.end)
			ranges->memory.heap.start = vma->start;
		ranges->memory.heap.end = vma->end;
		ranges->memory.heap_limit = find_end(space, i);
	}
	ranges->memory.writable.ranges = ranges->writable;
}

static void find_anonymous(struct heap_space *ranges, const struct address_space *space)
{
	size_t *count = &ranges->memory.anonymous.count, capacity = 0;

	for (size_t i = 0; i < space->vma_count; i++)
		if (is_writable(&space->vmas[i]) && space->vmas[i].kind == KIND_ANON)
			add(&ranges->anonymous, count, &capacity, &space->vmas[i]);
	ranges->memory.anonymous.ranges = ranges->anonymous;
}

void heap_space_init(struct heap_space *ranges, const struct address_space *space)
{
	*ranges = (struct heap_space){.memory.word = space->user_end <= ADDRESSES_32 ? 4 : 8};
	find_data(ranges, space);
	find_writable(ranges, space);
	find_anonymous(ranges, space);
}

void heap_space_finish(struct heap_space *ranges)
{
	free(ranges->data);
	free(ranges->writable);
	free(ranges->anonymous);
	*ranges = (struct heap_space){0};
}
