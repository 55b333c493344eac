/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_heap.h"

#include <stddef.h>

#include "base/json_writer.h"
#include "inside/heap_usage.h"
#include "report/json_values.h"

#define CERTAIN_PLACES 4
#define CERTAIN_UNIT   10000

/* More than what binary fractions are off by. */
#define ROUNDING 1e-6

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
	json_writer_end(writer);
}

/* Rounded down: what is not certain is never called so. */
static uint64_t certain_of(const struct heap_usage *heap)
{
	return (uint64_t)(heap_usage_certain(heap) * CERTAIN_UNIT + ROUNDING);
}

void json_heap_write(struct json_writer *writer, const char *allocator,
		     const struct heap_usage *heap)
{
	json_writer_object(writer, "heap");
	json_values_string(writer, "allocator", allocator);
	if (!heap) {
		json_writer_null(writer, "certain");
		json_writer_null(writer, "arenas");
		json_writer_null(writer, "mapped");
		json_writer_null(writer, "mapped_chunks");
		json_writer_end(writer);
		return;
	}
	json_writer_decimal(writer, "certain", certain_of(heap), CERTAIN_PLACES);
	json_writer_array(writer, "arenas");
	for (size_t i = 0; i < heap->count; i++)
		write_arena(writer, &heap->arenas[i]);
	json_writer_end(writer);
	json_writer_number(writer, "mapped", heap->mapped);
	json_writer_number(writer, "mapped_chunks", heap->mapped_chunks);
	json_writer_end(writer);
}
