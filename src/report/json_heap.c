/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_heap.h"

#include <stddef.h>

#include "base/json_writer.h"
#include "inside/heap_usage.h"
#include "model/heap_keeper.h"
#include "report/json_values.h"

#define CERTAIN_PLACES 4
#define CERTAIN_UNIT   10000

/* More than what binary fractions are off by. */
#define ROUNDING 1e-6

/* In bytes; a class goes up to the next power of two. */
static void write_classes(struct json_writer *writer, const struct heap_arena *usage)
{
	json_writer_array(writer, "free_by_class");
	for (unsigned class = 0; class < HEAP_CLASSES; class ++) {
		if (!usage->free_by_class[class])
			continue;
		json_writer_object(writer, NULL);
		json_writer_number(writer, "from", UINT64_C(1) << class);
		json_writer_number(writer, "bytes", usage->free_by_class[class]);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

static void write_arena(struct json_writer *writer, const struct heap_arena *usage)
{
	json_writer_object(writer, NULL);
	json_writer_hex(writer, "address", usage->address);
	json_writer_boolean(writer, "main", usage->is_main);
	json_writer_number(writer, "system", usage->system);
	json_writer_number(writer, "used", usage->used);
	json_writer_number(writer, "free", usage->free);
	json_writer_number(writer, "top", usage->top);
	json_writer_number(writer, "unknown", usage->unknown);
	json_writer_number(writer, "largest_free", usage->largest_free);
	json_writer_number(writer, "used_chunks", usage->used_chunks);
	json_writer_number(writer, "free_chunks", usage->free_chunks);
	json_writer_number(writer, "cached", usage->cached);
	json_writer_number(writer, "cached_chunks", usage->cached_chunks);
	json_writer_number(writer, "resident_free", usage->resident_free);
	json_writer_number(writer, "pinned", usage->pinned);
	write_classes(writer, usage);
	json_writer_end(writer);
}

/* Rounded down: what is not certain is never called so. */
static uint64_t certain_of(const struct heap_usage *heap)
{
	return (uint64_t)(heap_usage_certain(heap) * CERTAIN_UNIT + ROUNDING);
}

static void write_others(struct json_writer *writer, const struct json_heap *heap)
{
	json_writer_array(writer, "others");
	for (size_t i = 0; i < heap->keeper_count; i++) {
		const struct heap_keeper *keeper = &heap->keepers[i];

		json_writer_object(writer, NULL);
		json_writer_string(writer, "name", keeper->name);
		json_values_number(writer, "size", keeper->size);
		json_values_string(writer, "ask", keeper->ask);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

static void write_usage(struct json_writer *writer, const struct heap_usage *usage)
{
	json_writer_string(writer, "arenas_of", allocator_name(usage->allocator));
	json_writer_decimal(writer, "certain", certain_of(usage), CERTAIN_PLACES);
	json_writer_array(writer, "arenas");
	for (size_t i = 0; i < usage->count; i++)
		write_arena(writer, &usage->arenas[i]);
	json_writer_end(writer);
	json_writer_number(writer, "mapped", usage->mapped);
	json_writer_number(writer, "mapped_chunks", usage->mapped_chunks);
}

void json_heap_write(struct json_writer *writer, const struct json_heap *heap)
{
	static const char *const unknown[] = {"arenas_of", "certain", "arenas", "mapped",
					      "mapped_chunks"};

	json_writer_object(writer, "heap");
	json_values_string(writer, "allocator", heap->allocator);
	json_values_string(writer, "ask", heap->ask);
	write_others(writer, heap);
	if (heap->usage)
		write_usage(writer, heap->usage);
	else
		for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
			json_writer_null(writer, unknown[i]);
	json_writer_end(writer);
}
