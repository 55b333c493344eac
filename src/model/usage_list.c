/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage_list.h"

#include <stdlib.h>

#include "base/memory.h"

/* Every field of what lies there TARGET_UNKNOWN. */
static void forget(char *bytes, size_t first, size_t count, size_t size)
{
	memset(bytes + first * size, 0xff, count * size);
}

struct usage usage_unknown(void)
{
	struct usage usage;

	memset(&usage, 0xff, sizeof(usage));
	return usage;
}

static bool knows_smaps(const struct usage *usage)
{
	uint64_t fields[USAGE_SMAPS_BYTES / sizeof(uint64_t)], all = UINT64_MAX;

	memcpy(fields, (const char *)usage + USAGE_MEMORY_BYTES, sizeof(fields));
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		all &= fields[i];
	return all != UINT64_MAX;
}

static void need_smaps(struct usage_list *list)
{
	if (list->smaps)
		return;
	list->smaps = memory_resize(NULL, list->capacity * USAGE_SMAPS_BYTES);
	forget(list->smaps, 0, list->count, USAGE_SMAPS_BYTES);
}

static void reserve(struct usage_list *list, size_t capacity)
{
	list->capacity = capacity;
	list->memory = memory_resize(list->memory, capacity * USAGE_MEMORY_BYTES);
	if (list->smaps)
		list->smaps = memory_resize(list->smaps, capacity * USAGE_SMAPS_BYTES);
}

void usage_list_init(struct usage_list *list, size_t count)
{
	*list = (struct usage_list){.count = count};
	reserve(list, count);
	forget(list->memory, 0, count, USAGE_MEMORY_BYTES);
}

void usage_list_finish(struct usage_list *list)
{
	free(list->memory);
	free(list->smaps);
	*list = (struct usage_list){0};
}

void usage_list_resize(struct usage_list *list, size_t count)
{
	size_t more = count > list->count ? count - list->count : 0;

	if (count > list->capacity)
		reserve(list, count + count / 8 + 4);
	if (more)
		forget(list->memory, list->count, more, USAGE_MEMORY_BYTES);
	if (more && list->smaps)
		forget(list->smaps, list->count, more, USAGE_SMAPS_BYTES);
	list->count = count;
}

struct usage_list usage_list_slice(const struct usage_list *list, size_t first, size_t count)
{
	struct usage_list slice = {.count = count};

	reserve(&slice, count);
	usage_list_take(&slice, 0, list, first, count);
	return slice;
}

void usage_list_set(struct usage_list *list, size_t index, const struct usage *usage)
{
	memcpy(list->memory + index * USAGE_MEMORY_BYTES, usage, USAGE_MEMORY_BYTES);
	if (!list->smaps && !knows_smaps(usage))
		return;
	need_smaps(list);
	memcpy(list->smaps + index * USAGE_SMAPS_BYTES, (const char *)usage + USAGE_MEMORY_BYTES,
	       USAGE_SMAPS_BYTES);
}

void usage_list_take(struct usage_list *list, size_t index, const struct usage_list *from,
		     size_t first, size_t count)
{
	if (!count)
		return;
	memmove(list->memory + index * USAGE_MEMORY_BYTES,
		from->memory + first * USAGE_MEMORY_BYTES, count * USAGE_MEMORY_BYTES);
	if (from->smaps) {
		need_smaps(list);
		memmove(list->smaps + index * USAGE_SMAPS_BYTES,
			from->smaps + first * USAGE_SMAPS_BYTES, count * USAGE_SMAPS_BYTES);
	} else if (list->smaps) {
		forget(list->smaps, index, count, USAGE_SMAPS_BYTES);
	}
}

size_t usage_list_bytes(const struct usage_list *list)
{
	return list->capacity * (USAGE_MEMORY_BYTES + (list->smaps ? USAGE_SMAPS_BYTES : 0));
}
