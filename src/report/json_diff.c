/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_diff.h"

#include <errno.h>

#include "base/json_writer.h"
#include "model/address_space.h"
#include "model/diff.h"
#include "model/usage.h"
#include "report/json_values.h"

static const char *const side_names[DIFF_SIDES] = {"a", "b"};

static void write_side(struct json_writer *writer, const struct diff *diff, int side,
		       const char *source)
{
	const struct diff_subject *subject = &diff->subjects[side];
	const struct target *target = &subject->space->target;
	enum residency_source known = subject->usage ? subject->usage->source : RESIDENCY_NONE;

	json_writer_object(writer, side_names[side]);
	json_writer_string(writer, "source", source);
	json_writer_signed(writer, "pid", target->pid);
	json_values_string(writer, "comm", *target->comm ? target->comm : NULL);
	json_values_string(writer, "exe", target->exe);
	json_values_number(writer, "start_ticks", target->start_ticks);
	json_values_time(writer, "time", subject->space->time_ns);
	json_writer_string(writer, "usage_source", residency_source_name(known));
	json_writer_end(writer);
}

static void write_amount(struct json_writer *writer, const struct diff_sum *sum,
			 enum diff_amount amount)
{
	int64_t delta;

	json_writer_object(writer, diff_amount_name(amount));
	for (int side = 0; side < DIFF_SIDES; side++)
		json_values_number(writer, side_names[side], sum->amounts[amount][side]);
	if (diff_sum_delta(sum, amount, &delta))
		json_writer_signed(writer, "delta", delta);
	else
		json_writer_null(writer, "delta");
	json_writer_end(writer);
}

static void write_amounts(struct json_writer *writer, const struct diff_sum *sum)
{
	for (int i = 0; i < DIFF_AMOUNTS; i++)
		write_amount(writer, sum, (enum diff_amount)i);
}

/* The members of an object: what the mappings of something amount to. */
static void write_sum(struct json_writer *writer, const struct diff_sum *sum)
{
	json_writer_object(writer, "mappings");
	for (int side = 0; side < DIFF_SIDES; side++)
		json_writer_number(writer, side_names[side], sum->mappings[side]);
	json_writer_signed(writer, "delta",
			   (int64_t)(sum->mappings[DIFF_B] - sum->mappings[DIFF_A]));
	json_writer_end(writer);
	write_amounts(writer, sum);
}

static void write_by_kind(struct json_writer *writer, const struct diff *diff)
{
	json_writer_object(writer, "by_kind");
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct diff_sum *sum = &diff->by_kind[kind];

		if (!sum->mappings[DIFF_A] && !sum->mappings[DIFF_B])
			continue;
		json_writer_object(writer, kind_name((enum kind)kind));
		write_sum(writer, sum);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

static void write_objects(struct json_writer *writer, const struct diff *diff)
{
	static const char *const types[] = {
		[DIFF_OBJECT_FILE] = "file",
		[DIFF_OBJECT_RUNTIME] = "runtime",
		[DIFF_OBJECT_MEMORY] = "memory",
	};

	json_writer_array(writer, "objects");
	for (size_t i = 0; i < diff->objects.count; i++) {
		const struct diff_object *object = &diff->objects.objects[i];
		bool memory = object->type == DIFF_OBJECT_MEMORY;

		json_writer_object(writer, NULL);
		json_writer_string(writer, "type", types[object->type]);
		json_values_string(writer, "kind", memory ? kind_name(object->kind) : NULL);
		json_writer_object(writer, "name");
		for (int side = 0; side < DIFF_SIDES; side++)
			json_values_string(writer, side_names[side], object->names[side]);
		json_writer_end(writer);
		write_sum(writer, &object->sum);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

/* What it is on one side; null where that has none. */
static void write_mapping(struct json_writer *writer, const struct diff *diff,
			  const struct diff_item *item, int side)
{
	const struct vma *vma;

	if (item->vmas[side] == DIFF_NONE) {
		json_writer_null(writer, side_names[side]);
		return;
	}
	vma = &diff->subjects[side].space->vmas[item->vmas[side]];
	json_writer_object(writer, side_names[side]);
	json_writer_hex(writer, "start", vma->start);
	json_writer_hex(writer, "end", vma->end);
	json_values_perms(writer, "perms", vma->perms);
	json_writer_string(writer, "kind", kind_name(vma->kind));
	json_writer_string(writer, "name", vma->name);
	json_values_tid(writer, "tid", vma->tid);
	json_writer_end(writer);
}

static void write_item(struct json_writer *writer, const struct diff *diff,
		       const struct diff_item *item)
{
	json_writer_object(writer, NULL);
	json_writer_array(writer, "differences");
	for (int i = 0; i < DIFF_DIFFERENCES; i++)
		if (item->differences & 1U << i)
			json_writer_string(writer, NULL,
					   diff_difference_name((enum diff_difference)i));
	json_writer_end(writer);
	json_writer_number(writer, "object", item->object);
	write_mapping(writer, diff, item, DIFF_A);
	write_mapping(writer, diff, item, DIFF_B);
	write_amounts(writer, &item->sum);
	json_writer_end(writer);
}

static int take_bytes(void *stream, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, stream) == length ? 0 : -EIO;
}

int json_diff_write(FILE *stream, const struct diff *diff, const char *const *sources)
{
	struct json_writer writer;

	json_writer_init(&writer, take_bytes, stream, true);
	json_writer_object(&writer, NULL);
	json_writer_string(&writer, "schema", "vastop.diff/1");
	for (int side = 0; side < DIFF_SIDES; side++)
		write_side(&writer, diff, side, sources[side]);
	json_writer_object(&writer, "totals");
	write_sum(&writer, &diff->total);
	write_by_kind(&writer, diff);
	json_writer_end(&writer);
	write_objects(&writer, diff);
	json_writer_number(&writer, "unchanged", diff->unchanged);
	json_writer_array(&writer, "mappings");
	for (size_t i = 0; i < diff->item_count && !json_writer_failed(&writer); i++)
		write_item(&writer, diff, &diff->items[i]);
	json_writer_end(&writer);
	json_writer_end(&writer);
	return json_writer_finish(&writer);
}
