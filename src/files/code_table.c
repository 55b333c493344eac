/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/code_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/keyed_hash.h"
#include "base/memory.h"

#define FIRST_CAPACITY 256 /* entries; a power of two */
#define ENTRIES_MAX    ((size_t)1 << 18)
#define FRAMES_MAX     ((size_t)1 << 20)
#define NAMES_MAX      ((size_t)64 << 20) /* bytes */
#define STRING_MAX     ((size_t)8192)

struct code_entry {
	uint64_t address;
	struct code_place place;
	uint32_t first, count; /* frames; count 0: the entry is free */
};

void code_table_finish(struct code_table *table)
{
	free(table->entries);
	free(table->frames);
	name_pool_finish(&table->names);
	*table = (struct code_table){.names = table->names};
}

const char *code_table_string(struct code_table *table, const char *bytes, size_t length)
{
	if (name_pool_size(&table->names) > NAMES_MAX)
		return NULL;
	return name_pool_intern(&table->names, bytes, length < STRING_MAX ? length : STRING_MAX);
}

/* The entry of the address, or the free one where it belongs; there is room. */
static struct code_entry *find(const struct code_table *table, uint64_t address)
{
	size_t mask = table->capacity - 1;
	/* The target chooses its addresses. */
	size_t at = keyed_hash(&table->names.key, &address, sizeof(address)) & mask;

	while (table->entries[at].count && table->entries[at].address != address)
		at = (at + 1) & mask;
	return &table->entries[at];
}

static void grow(struct code_table *table)
{
	struct code_table larger = *table;

	larger.capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
	larger.entries = memory_alloc(larger.capacity * sizeof(*larger.entries));
	for (size_t i = 0; i < table->capacity; i++)
		if (table->entries[i].count)
			*find(&larger, table->entries[i].address) = table->entries[i];
	free(table->entries);
	*table = larger;
}

bool code_table_holds(const struct code_table *table, uint64_t address,
		      const struct code_place *place)
{
	const struct code_entry *entry = table->capacity ? find(table, address) : NULL;

	return entry && entry->count && entry->place.module == place->module &&
	       entry->place.inode == place->inode && entry->place.base == place->base;
}

/* Whether the entry already has these very frames, as generated code that was asked about again. */
static bool is_same(const struct code_table *table, const struct code_entry *entry,
		    const struct code_frame *frames, size_t count)
{
	if (entry->count != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct code_frame *frame = &table->frames[entry->first + i];

		if (frame->function != frames[i].function || frame->offset != frames[i].offset ||
		    frame->file != frames[i].file || frame->line != frames[i].line)
			return false;
	}
	return true;
}

static void append_frame(struct code_table *table, const struct code_frame *frame)
{
	table->frames = memory_array_grow(table->frames, table->frame_count, &table->frame_capacity,
					  sizeof(*table->frames));
	table->frames[table->frame_count++] = *frame;
}

void code_table_put(struct code_table *table, uint64_t address, const struct code_place *place,
		    const struct code_frame *frames, size_t count)
{
	struct code_entry *entry;

	if (table->frame_count + count > FRAMES_MAX)
		return;
	if (table->count >= table->capacity / 2)
		grow(table);
	entry = find(table, address);
	if (entry->count && is_same(table, entry, frames, count)) {
		entry->place = *place;
		return;
	}
	if (!entry->count && table->count++ >= ENTRIES_MAX) {
		table->count--;
		return;
	}
	*entry = (struct code_entry){.address = address,
				     .place = *place,
				     .first = (uint32_t)table->frame_count,
				     .count = (uint32_t)count};
	for (size_t i = 0; i < count; i++)
		append_frame(table, &frames[i]);
}

const struct code_frame *code_table_get(const struct code_table *table, uint64_t address,
					size_t *ret_count)
{
	const struct code_entry *entry = table->capacity ? find(table, address) : NULL;

	*ret_count = entry ? entry->count : 0;
	return *ret_count ? &table->frames[entry->first] : NULL;
}
