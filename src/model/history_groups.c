/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"

#define ALLOCATION_BYTES 16 /* what malloc() itself takes for each, glibc */

/* What is not used of the newest one was not touched yet; of another nothing is left over. */
struct history_block {
	char *bytes;
	size_t size, used;
	size_t groups; /* that are not dropped */
};

#define BLOCK_COST (sizeof(struct history_block) + (size_t)2 * ALLOCATION_BYTES)

struct history_group {
	uint64_t first; /* number of its first moment */
	struct history_block *block;
	size_t offset; /* of its names, behind which its records lie */
	size_t name_bytes, record_bytes;
};

void history_groups_init(struct history_groups *groups, size_t block_bytes)
{
	*groups = (struct history_groups){.block_bytes = block_bytes};
}

static struct history_group *group_at(const struct history_groups *groups, size_t index)
{
	return &groups->groups[groups->oldest + index];
}

size_t history_groups_cost(size_t name_bytes, size_t record_bytes)
{
	return BLOCK_COST + name_bytes + record_bytes;
}

static void close_newest(struct history_groups *groups)
{
	struct history_block *block = groups->newest;

	if (!block)
		return;
	block->bytes = memory_resize(block->bytes, block->used);
	block->size = block->used;
	groups->newest = NULL;
}

/* The block that has room for so much. */
static struct history_block *find_room(struct history_groups *groups, size_t bytes)
{
	struct history_block *block = groups->newest;

	if (block && block->size - block->used >= bytes)
		return block;
	close_newest(groups);
	block = memory_alloc(sizeof(*block));
	block->size = bytes > groups->block_bytes ? bytes : groups->block_bytes;
	block->bytes = memory_resize(NULL, block->size);
	groups->bytes += BLOCK_COST;
	return groups->newest = block;
}

void history_groups_add(struct history_groups *groups, const struct history_stretch *group)
{
	const size_t records = (size_t)(group->records.end - group->records.at);
	struct history_block *block = find_room(groups, group->name_bytes + records);
	char *to = block->bytes + block->used;

	groups->groups = memory_array_grow(groups->groups, groups->oldest + groups->count,
					   &groups->capacity, sizeof(*groups->groups));
	*group_at(groups, groups->count++) = (struct history_group){
		.first = group->first,
		.block = block,
		.offset = block->used,
		.name_bytes = group->name_bytes,
		.record_bytes = records,
	};
	if (group->name_bytes)
		memcpy(to, group->names, group->name_bytes);
	memcpy(to + group->name_bytes, group->records.at, records);
	block->used += group->name_bytes + records;
	block->groups++;
	groups->bytes += group->name_bytes + records;
}

void history_groups_drop(struct history_groups *groups)
{
	struct history_block *block = group_at(groups, 0)->block;

	groups->oldest++;
	groups->count--;
	if (--block->groups)
		return;
	memmove(groups->groups, group_at(groups, 0), groups->count * sizeof(*groups->groups));
	groups->oldest = 0;
	if (groups->newest == block)
		groups->newest = NULL;
	groups->bytes -= BLOCK_COST + block->used;
	free(block->bytes);
	free(block);
}

struct history_stretch history_groups_at(const struct history_groups *groups, size_t index)
{
	const struct history_group *group = group_at(groups, index);
	const char *names = group->block->bytes + group->offset;
	const char *records = names + group->name_bytes;

	return (struct history_stretch){
		.first = group->first,
		.names = names,
		.name_bytes = group->name_bytes,
		.records = {records, records + group->record_bytes},
	};
}

struct history_stretch history_groups_find(const struct history_groups *groups, uint64_t moment)
{
	return history_groups_at(
		groups, SEARCH_ABOVE(group_at(groups, 0), groups->count, first, moment) - 1);
}

size_t history_groups_bytes(const struct history_groups *groups)
{
	return groups->bytes + groups->capacity * sizeof(*groups->groups);
}

void history_groups_finish(struct history_groups *groups)
{
	while (groups->count)
		history_groups_drop(groups);
	free(groups->groups);
	*groups = (struct history_groups){.block_bytes = groups->block_bytes};
}
