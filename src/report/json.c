/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/file_identity.h"
#include "model/target_totals.h"
#include "model/usage.h"
#include "report/json_usage.h"
#include "report/json_values.h"

#define DUMP_FLAGS   JSON_INDENT(1)
#define FLUSH_LENGTH 65536 /* bytes */

static json_t *make_string_or_null(const char *bytes)
{
	return bytes ? json_values_string(bytes) : json_null();
}

static json_t *make_cmdline(const struct target *target)
{
	json_t *array = json_array();

	for (size_t i = 0; i < target->cmdline_count; i++)
		json_array_append_new(array, json_values_string(target->cmdline[i]));
	return array;
}

static json_t *make_limit(uint64_t limit)
{
	return limit == TARGET_UNLIMITED ? json_string("unlimited")
					 : json_values_number_or_null(limit);
}

static json_t *make_limits(const struct target_limits *limits)
{
	json_t *object = json_object();

	json_object_set_new(object, "max_map_count", make_limit(limits->max_map_count));
	json_object_set_new(object, "stack", make_limit(limits->stack));
	json_object_set_new(object, "as", make_limit(limits->as));
	json_object_set_new(object, "data", make_limit(limits->data));
	return object;
}

/* Of the mappings of each kind that there is. */
static json_t *make_by_kind(const struct address_space *space, const struct usage_table *usage)
{
	json_t *object = json_object();

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_total *total = &space->by_kind[kind];
		json_t *entry;

		if (!total->mappings)
			continue;
		entry = json_object();
		json_object_set_new(entry, "mappings", json_values_number(total->mappings));
		json_object_set_new(entry, "size", json_values_number(total->size));
		json_usage_set_sum(entry, usage ? &usage->by_kind[kind] : NULL);
		json_object_set_new(object, kind_name(kind), entry);
	}
	return object;
}

/* Of all that is listed, so that the totals are the sums of what follows. */
static uint64_t listed_bytes(const struct address_space *space)
{
	uint64_t size = 0;

	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		size += space->by_kind[kind].size;
	return size;
}

static json_t *make_totals(const struct address_space *space, const struct usage_table *usage)
{
	json_t *object = json_object();

	json_object_set_new(object, "mappings", json_values_number(space->vma_count));
	json_object_set_new(object, "gaps", json_values_number(space->gaps));
	json_object_set_new(object, "size", json_values_number(listed_bytes(space)));
	json_usage_set_sum(object, usage ? &usage->total : NULL);
	json_object_set_new(object, "by_kind", make_by_kind(space, usage));
	return object;
}

static json_t *make_mapping(const struct vma *vma)
{
	json_t *object = json_object();
	char perms[PERMS_LENGTH], device[24];

	snprintf(device, sizeof(device), "%02" PRIx32 ":%02" PRIx32, vma->dev_major,
		 vma->dev_minor);
	json_object_set_new(object, "start", json_values_address(vma->start));
	json_object_set_new(object, "end", json_values_address(vma->end));
	json_object_set_new(object, "size", json_values_number(vma_size(vma)));
	json_object_set_new(object, "perms", json_string(vma_perms(vma, perms)));
	json_object_set_new(object, "offset", json_values_number(vma->offset));
	json_object_set_new(object, "dev", json_string(device));
	json_object_set_new(object, "inode", json_values_number(vma->inode));
	json_object_set_new(object, "name", json_values_string(vma->name));
	json_object_set_new(object, "deleted", json_boolean(vma->deleted));
	json_object_set_new(object, "kind", json_string(kind_name(vma->kind)));
	json_object_set_new(object, "kind_source", json_string(kind_source_name(vma->kind_source)));
	json_object_set_new(object, "owner", json_string(owner_name(vma->owner)));
	json_object_set_new(object, "file_identity",
			    make_string_or_null(file_identity_name(vma->identity)));
	json_object_set_new(object, "tid", vma->tid ? json_integer(vma->tid) : json_null());
	if (vma->alternate)
		json_object_set_new(object, "alternate", json_true());
	if (vma->runtime)
		json_object_set_new(object, "runtime", json_string(runtime_name(vma->runtime)));
	return object;
}

static json_t *make_part(const struct vma *part)
{
	json_t *object = json_object();

	json_object_set_new(object, "start", json_values_address(part->start));
	json_object_set_new(object, "end", json_values_address(part->end));
	json_object_set_new(object, "size", json_values_number(vma_size(part)));
	json_object_set_new(object, "kind", json_string(kind_name(part->kind)));
	json_object_set_new(object, "kind_source",
			    json_string(kind_source_name(part->kind_source)));
	json_object_set_new(object, "tid", part->tid ? json_integer(part->tid) : json_null());
	if (part->alternate)
		json_object_set_new(object, "alternate", json_true());
	return object;
}

/* What only a few mappings have: the parts of a merged one, and stacks lodged in it. */
static void set_stacks(json_t *object, const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];
	size_t part_count, lodged_count;
	const struct vma *parts = address_space_parts(space, index, &part_count);
	const struct lodged_stack *lodged =
		address_space_lodged(space, vma->start, vma->end, &lodged_count);
	json_t *array;

	if (parts) {
		array = json_array();
		for (size_t i = 0; i < part_count; i++)
			json_array_append_new(array, make_part(&parts[i]));
		json_object_set_new(object, "parts", array);
	}
	if (lodged) {
		array = json_array();
		for (size_t i = 0; i < lodged_count; i++)
			json_array_append_new(
				array, json_pack("{s:i,s:o,s:b}", "tid", lodged[i].tid, "address",
						 json_values_address(lodged[i].address),
						 "alternate", lodged[i].alternate));
		json_object_set_new(object, "stacks", array);
	}
}

/* What is known of the process itself. */
static json_t *make_object(const struct target *target, int64_t time_ns)
{
	const char state[2] = {target->state, '\0'};
	json_t *object = json_object();

	json_object_set_new(object, "schema", json_string("vastop.snapshot/1"));
	json_object_set_new(object, "pid", json_integer(target->pid));
	json_object_set_new(object, "comm",
			    make_string_or_null(*target->comm ? target->comm : NULL));
	json_object_set_new(object, "exe", make_string_or_null(target->exe));
	json_object_set_new(object, "cmdline", make_cmdline(target));
	json_object_set_new(object, "uid", json_values_number_or_null(target->uid));
	json_object_set_new(object, "state",
			    target->state == '?' ? json_null() : json_values_string(state));
	json_object_set_new(object, "threads",
			    target->threads ? json_values_number(target->threads) : json_null());
	json_object_set_new(object, "start_ticks", json_values_number_or_null(target->start_ticks));
	json_object_set_new(object, "time", json_values_time(time_ns));
	json_object_set_new(object, "page_size", json_values_number(target->page_size));
	json_object_set_new(object, "limits", make_limits(&target->limits));
	return object;
}

static int write_text(FILE *stream, struct text *text)
{
	size_t written = fwrite(text_string(text), 1, text->length, stream);
	int error = written == text->length ? 0 : -EIO;

	text_clear(text);
	return error;
}

/*
 * Each mapping becomes JSON by itself: all of them as values of jansson take 4 KiB each, and twice
 * the time.
 */
static int write_mappings(FILE *stream, const struct address_space *space,
			  const struct usage_table *usage)
{
	json_t *flags = json_usage_flag_names();
	struct text text = {0};
	int error = 0;

	for (size_t i = 0; i < space->vma_count && !error; i++) {
		json_t *mapping = make_mapping(&space->vmas[i]);

		set_stacks(mapping, space, i);
		json_usage_set(mapping, usage ? &usage->vmas[i] : NULL, flags);
		text_append(&text, i ? ",\n  " : "\n  ");
		error = json_values_append(&text, mapping, DUMP_FLAGS, 2);
		json_decref(mapping);
		if (text.length > FLUSH_LENGTH && !error)
			error = write_text(stream, &text);
	}
	if (space->vma_count)
		text_append(&text, "\n ");
	if (!error)
		error = write_text(stream, &text);
	text_finish(&text);
	json_decref(flags);
	return error;
}

/* Writes the object, which is dropped, with the array of its mappings behind its last member. */
static int write_with_mappings(FILE *stream, json_t *object, const struct address_space *space,
			       const struct usage_table *usage)
{
	struct text text = {0};
	int error = json_values_append(&text, object, DUMP_FLAGS, 0);

	json_decref(object);
	/* The last two bytes close the object. */
	if (!error && fprintf(stream, "%.*s,\n \"mappings\": [", (int)text.length - 2,
			      text_string(&text)) < 0)
		error = -EIO;
	text_finish(&text);
	if (!error)
		error = write_mappings(stream, space, usage);
	if (!error && fputs("]\n}\n", stream) == EOF)
		error = -EIO;
	return error;
}

int json_write_snapshot(FILE *stream, const struct address_space *space,
			const struct usage_table *usage)
{
	enum residency_source source = usage ? usage->source : RESIDENCY_NONE;
	json_t *object = make_object(&space->target, space->time_ns);

	json_object_set_new(object, "usage_source", json_string(residency_source_name(source)));
	json_object_set_new(object, "totals", make_totals(space, usage));
	return write_with_mappings(stream, object, space, usage);
}

int json_write_totals(FILE *stream, const struct target *target, const struct target_totals *totals)
{
	const struct usage known = {.rss = totals->rss,
				    .swap = totals->swap,
				    .pss = TARGET_UNKNOWN,
				    .hugetlb = TARGET_UNKNOWN};
	json_t *object = make_object(target, totals->time_ns), *sums = json_object();
	struct text text = {0};
	int error;

	json_object_set_new(sums, "mappings", json_null());
	json_object_set_new(sums, "gaps", json_null());
	json_object_set_new(sums, "size", json_values_number_or_null(totals->size));
	json_usage_set_sum(sums, &known);
	json_object_set_new(sums, "by_kind", json_null());
	json_object_set_new(object, "usage_source",
			    json_string(residency_source_name(RESIDENCY_NONE)));
	json_object_set_new(object, "totals", sums);
	json_object_set_new(object, "mappings", json_null());
	error = json_values_append(&text, object, DUMP_FLAGS, 0);
	text_append_char(&text, '\n');
	if (!error)
		error = write_text(stream, &text);
	text_finish(&text);
	json_decref(object);
	return error;
}
