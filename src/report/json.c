/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>

#include "model/address_space.h"
#include "report/json_values.h"

static json_t *make_string_or_null(const char *bytes)
{
	return bytes ? json_values_string(bytes) : json_null();
}

static json_t *make_number_or_null(uint64_t number)
{
	return number == TARGET_UNKNOWN ? json_null() : json_values_number(number);
}

static json_t *make_cmdline(const struct target *target)
{
	json_t *array = json_array();

	for (size_t i = 0; i < target->cmdline_count; i++)
		json_array_append_new(array, json_values_string(target->cmdline[i]));
	return array;
}

static json_t *make_limits(const struct target_limits *limits)
{
	json_t *object = json_object();

	json_object_set_new(object, "max_map_count", make_number_or_null(limits->max_map_count));
	json_object_set_new(object, "stack", make_number_or_null(limits->stack));
	json_object_set_new(object, "as", make_number_or_null(limits->as));
	json_object_set_new(object, "data", make_number_or_null(limits->data));
	return object;
}

static json_t *make_totals(const struct address_space *space)
{
	json_t *object = json_object(), *by_kind = json_object();

	json_object_set_new(object, "mappings", json_values_number(space->vma_count));
	json_object_set_new(object, "gaps", json_values_number(space->gaps));
	json_object_set_new(object, "size", json_values_number(space->size));
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_total *total = &space->by_kind[kind];
		json_t *entry;

		if (!total->mappings)
			continue;
		entry = json_object();
		json_object_set_new(entry, "mappings", json_values_number(total->mappings));
		json_object_set_new(entry, "size", json_values_number(total->size));
		json_object_set_new(by_kind, kind_name(kind), entry);
	}
	json_object_set_new(object, "by_kind", by_kind);
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
	json_object_set_new(object, "tid", vma->tid ? json_integer(vma->tid) : json_null());
	return object;
}

static json_t *make_snapshot(const struct address_space *space)
{
	const struct target *target = &space->target;
	const char state[2] = {target->state, '\0'};
	json_t *object = json_object(), *mappings = json_array();

	json_object_set_new(object, "schema", json_string("vastop.snapshot/1"));
	json_object_set_new(object, "pid", json_integer(target->pid));
	json_object_set_new(object, "comm", json_values_string(target->comm));
	json_object_set_new(object, "exe", make_string_or_null(target->exe));
	json_object_set_new(object, "cmdline", make_cmdline(target));
	json_object_set_new(object, "uid", make_number_or_null(target->uid));
	json_object_set_new(object, "state", json_values_string(state));
	json_object_set_new(object, "threads", json_values_number(target->threads));
	json_object_set_new(object, "start_ticks", json_values_number(target->start_ticks));
	json_object_set_new(object, "time", json_values_time(space->time_ns));
	json_object_set_new(object, "page_size", json_values_number(target->page_size));
	json_object_set_new(object, "limits", make_limits(&target->limits));
	json_object_set_new(object, "totals", make_totals(space));
	for (size_t i = 0; i < space->vma_count; i++)
		json_array_append_new(mappings, make_mapping(&space->vmas[i]));
	json_object_set_new(object, "mappings", mappings);
	return object;
}

int json_write_snapshot(FILE *stream, const struct address_space *space)
{
	json_t *object = make_snapshot(space);
	int error = 0;

	if (json_dumpf(object, stream, JSON_INDENT(1) | JSON_ENSURE_ASCII) ||
	    fputc('\n', stream) == EOF)
		error = -EIO;
	json_decref(object);
	return error;
}
