/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_inside.h"

#include <errno.h>
#include <stdlib.h>

#include "base/json_writer.h"
#include "base/memory.h"
#include "inside/inside_object.h"
#include "model/address_space.h"
#include "model/page_pieces.h"
#include "report/json_heap.h"
#include "report/json_values.h"

struct json_inside {
	struct json_writer writer;
	FILE *stream;
};

static int take(void *context, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, context) == length ? 0 : -EIO;
}

static void write_mapping(struct json_writer *writer, const struct address_space *space,
			  size_t index, const struct inside_object *object)
{
	const struct vma *vma = &space->vmas[index];

	json_writer_object(writer, "mapping");
	json_writer_hex(writer, "start", vma->start);
	json_writer_hex(writer, "end", vma->end);
	json_writer_number(writer, "size", vma_size(vma));
	json_values_perms(writer, "perms", vma->perms);
	json_writer_string(writer, "name", vma->name);
	json_writer_string(writer, "kind", kind_name((enum kind)vma->kind));
	json_values_string(writer, "symbols", object ? inside_source_name(object->source) : NULL);
	json_values_string(writer, "debug_file", object ? object->debug_path : NULL);
	json_writer_end(writer);
}

struct json_inside *json_inside_begin(FILE *stream, const struct address_space *space, size_t index,
				      const struct inside_object *object,
				      const struct json_heap *heap)
{
	struct json_inside *json = memory_alloc(sizeof(*json));
	struct json_writer *writer = &json->writer;

	json->stream = stream;
	json_writer_init(writer, take, stream, true);
	json_writer_object(writer, NULL);
	json_writer_string(writer, "schema", "vastop.inside/1");
	json_writer_signed(writer, "pid", space->target.pid);
	json_values_time(writer, "time", space->time_ns);
	json_writer_number(writer, "page_size", space->target.page_size);
	write_mapping(writer, space, index, object);
	if (heap)
		json_heap_write(writer, heap);
	json_writer_array(writer, "parts");
	return json;
}

const char *json_inside_state(const struct json_inside_part *part)
{
	enum page_sort sort;

	if (!part->sums || !part->sums->known)
		return NULL;
	sort = page_sums_only(part->sums, part->sums->known);
	return sort == PAGE_SORT_COUNT ? "mixed" : page_sort_name(sort);
}

void json_inside_add(struct json_inside *json, const struct json_inside_part *part)
{
	struct json_writer *writer = &json->writer;
	const struct page_sums *sums = part->sums;

	json_writer_object(writer, NULL);
	json_writer_hex(writer, "start", part->start);
	json_writer_hex(writer, "end", part->end);
	json_writer_number(writer, "size", part->end - part->start);
	json_writer_string(writer, "kind", part->kind);
	json_values_string(writer, "name", part->name);
	json_values_string(writer, "type", part->type);
	json_values_string(writer, "state", json_inside_state(part));
	json_values_number(writer, "resident", sums ? page_sums_resident(sums) : TARGET_UNKNOWN);
	json_values_number(writer, "swapped", sums ? page_sums_swapped(sums) : TARGET_UNKNOWN);
	json_values_number(writer, "huge", sums ? sums->huge : TARGET_UNKNOWN);
	json_writer_end(writer);
}

int json_inside_end(struct json_inside *json)
{
	int error;

	json_writer_end(&json->writer);
	json_writer_end(&json->writer);
	error = json_writer_finish(&json->writer);
	free(json);
	return error;
}
