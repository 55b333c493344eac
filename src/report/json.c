/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json.h"

#include <errno.h>

#include "base/digits.h"
#include "base/json_writer.h"
#include "model/address_space.h"
#include "model/field.h"
#include "model/file_identity.h"
#include "model/query_matches.h"
#include "model/signal_name.h"
#include "model/target_totals.h"
#include "model/usage.h"
#include "report/json_usage.h"
#include "report/json_values.h"
#include "report/part.h"

static void write_limit(struct json_writer *writer, const char *name, uint64_t limit)
{
	if (limit == TARGET_UNLIMITED)
		json_writer_string(writer, name, "unlimited");
	else
		json_values_number(writer, name, limit);
}

static void write_limits(struct json_writer *writer, const struct target_limits *limits)
{
	json_writer_object(writer, "limits");
	write_limit(writer, "max_map_count", limits->max_map_count);
	write_limit(writer, "stack", limits->stack);
	write_limit(writer, "as", limits->as);
	write_limit(writer, "data", limits->data);
	json_writer_end(writer);
}

/* What ended the process of a core file. */
static void write_core(struct json_writer *writer, const struct target_death *death)
{
	char name[SIGNAL_NAME_LENGTH];

	json_writer_object(writer, "core");
	json_values_string(writer, "signal",
			   death->signal ? signal_name(death->signal, name) : NULL);
	if (death->has_code)
		json_writer_signed(writer, "code", death->code);
	else
		json_writer_null(writer, "code");
	if (death->has_address)
		json_writer_hex(writer, "address", death->address);
	else
		json_writer_null(writer, "address");
	json_values_tid(writer, "tid", death->tid);
	json_values_tid(writer, "sender", death->sender);
	json_writer_boolean(writer, "by_debugger", death->by_debugger);
	json_writer_end(writer);
}

/* What is known of the process itself. */
static void write_process(struct json_writer *writer, const struct target *target, int64_t time_ns)
{
	const char state[2] = {target->state, '\0'};

	json_writer_string(writer, "schema", "vastop.snapshot/1");
	json_writer_signed(writer, "pid", target->pid);
	json_values_string(writer, "comm", *target->comm ? target->comm : NULL);
	json_values_string(writer, "exe", target->exe);
	json_writer_array(writer, "cmdline");
	for (size_t i = 0; i < target->cmdline_count; i++)
		json_writer_string(writer, NULL, target->cmdline[i]);
	json_writer_end(writer);
	json_values_number(writer, "uid", target->uid);
	json_values_string(writer, "state", target->state == '?' ? NULL : state);
	json_values_number(writer, "threads", target->threads ? target->threads : TARGET_UNKNOWN);
	json_values_number(writer, "start_ticks", target->start_ticks);
	json_values_time(writer, "time", time_ns);
	json_writer_number(writer, "page_size", target->page_size);
	write_limits(writer, &target->limits);
	if (target->is_core)
		write_core(writer, &target->death);
}

/* Of the mappings of each kind that there is. */
static void write_by_kind(struct json_writer *writer, const struct address_space *space,
			  const struct usage_table *usage)
{
	json_writer_object(writer, "by_kind");
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_total *total = &space->by_kind[kind];

		if (!total->mappings)
			continue;
		json_writer_object(writer, kind_name(kind));
		json_writer_number(writer, "mappings", total->mappings);
		json_writer_number(writer, "size", total->size);
		json_usage_write_sum(writer, usage ? &usage->by_kind[kind] : NULL);
		json_writer_end(writer);
	}
	json_writer_end(writer);
}

/* Of all that is listed, so that the totals are the sums of what follows. */
static uint64_t listed_bytes(const struct address_space *space)
{
	uint64_t size = 0;

	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		size += space->by_kind[kind].size;
	return size;
}

static void write_totals(struct json_writer *writer, const struct address_space *space,
			 const struct usage_table *usage)
{
	json_writer_object(writer, "totals");
	json_writer_number(writer, "mappings", space->vma_count);
	json_writer_number(writer, "gaps", space->gaps);
	json_writer_number(writer, "size", listed_bytes(space));
	json_usage_write_sum(writer, usage ? &usage->total : NULL);
	write_by_kind(writer, space, usage);
	json_writer_end(writer);
}

/* What the filter keeps, and its sums. */
static void write_filter(struct json_writer *writer, const struct address_space *space,
			 const struct usage_table *usage, const struct json_filter *filter)
{
	static const struct field_list fields = {
		{FIELD_SIZE, FIELD_RSS, FIELD_PSS, FIELD_SWAP, FIELD_HUGETLB}, 5};
	const struct report_part part = {
		.space = space, .usage = usage, .matches = filter->matches};
	struct report_sums sums = {0};
	struct report_walk walk;

	report_walk_init(&walk, &part, 1);
	while (report_walk_next(&walk))
		report_sums_add(&sums, &fields, &walk.subject);
	json_writer_object(writer, "filter");
	json_writer_string(writer, "query", filter->query);
	json_writer_number(writer, "mappings", sums.mappings);
	for (size_t i = 0; i < fields.count; i++) {
		enum field field = fields.fields[i];

		json_values_number(writer, field_name(field),
				   sums.of[field].unknown ? TARGET_UNKNOWN : sums.of[field].number);
	}
	json_writer_end(writer);
}

/* Two digits at least, as in maps. */
static char *put_device(char *at, uint32_t number)
{
	if (number < 16)
		*at++ = '0';
	return at + digits_hex(at, number);
}

static void write_device(struct json_writer *writer, const struct vma *vma)
{
	char device[2 * (DIGITS_HEX_MAX + 1) + 2], *at = put_device(device, vma->dev_major);

	if (!vma_is_numbered(vma)) {
		json_writer_null(writer, "dev");
		return;
	}
	*at++ = ':';
	*put_device(at, vma->dev_minor) = '\0';
	json_writer_string(writer, "dev", device);
}

static void write_range(struct json_writer *writer, const struct vma *vma)
{
	json_writer_hex(writer, "start", vma->start);
	json_writer_hex(writer, "end", vma->end);
	json_writer_number(writer, "size", vma_size(vma));
}

static void write_kind(struct json_writer *writer, const struct vma *vma)
{
	json_writer_string(writer, "kind", kind_name(vma->kind));
	json_writer_string(writer, "kind_source", kind_source_name(vma->kind_source));
}

static void write_thread(struct json_writer *writer, const struct vma *vma)
{
	json_values_tid(writer, "tid", vma->tid);
	if (vma->alternate)
		json_writer_boolean(writer, "alternate", true);
}

/* What only a few mappings have: the parts of a merged one, and stacks lodged in it. */
static void write_stacks(struct json_writer *writer, const struct address_space *space,
			 size_t index)
{
	const struct vma *vma = &space->vmas[index];
	size_t part_count, lodged_count;
	const struct vma *parts = address_space_parts(space, index, &part_count);
	const struct lodged_stack *lodged =
		address_space_lodged(space, vma->start, vma->end, &lodged_count);

	if (parts)
		json_writer_array(writer, "parts");
	for (size_t i = 0; i < part_count; i++) {
		json_writer_object(writer, NULL);
		write_range(writer, &parts[i]);
		write_kind(writer, &parts[i]);
		write_thread(writer, &parts[i]);
		json_writer_end(writer);
	}
	if (parts)
		json_writer_end(writer);
	if (lodged)
		json_writer_array(writer, "stacks");
	for (size_t i = 0; i < lodged_count; i++) {
		json_writer_object(writer, NULL);
		json_writer_signed(writer, "tid", lodged[i].tid);
		json_writer_hex(writer, "address", lodged[i].address);
		json_writer_boolean(writer, "alternate", lodged[i].alternate);
		json_writer_end(writer);
	}
	if (lodged)
		json_writer_end(writer);
}

static void write_mapping(struct json_writer *writer, const struct address_space *space,
			  size_t index, const struct usage *usage)
{
	const struct vma *vma = &space->vmas[index];

	json_writer_object(writer, NULL);
	write_range(writer, vma);
	json_values_perms(writer, "perms", vma->perms);
	json_writer_number(writer, "offset", vma->offset);
	write_device(writer, vma);
	json_values_number(writer, "inode", vma_is_numbered(vma) ? vma->inode : TARGET_UNKNOWN);
	json_writer_string(writer, "name", vma->name);
	json_writer_boolean(writer, "deleted", vma->deleted);
	write_kind(writer, vma);
	json_writer_string(writer, "owner", owner_name(vma->owner));
	json_values_string(writer, "file_identity", file_identity_name(vma->identity));
	write_thread(writer, vma);
	if (vma->runtime)
		json_writer_string(writer, "runtime", runtime_name(vma->runtime));
	write_stacks(writer, space, index);
	json_usage_write(writer, usage);
	json_writer_end(writer);
}

static int take_bytes(void *stream, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, stream) == length ? 0 : -EIO;
}

int json_write_snapshot(FILE *stream, const struct address_space *space,
			const struct usage_table *usage, const struct json_filter *filter)
{
	enum residency_source source = usage ? usage->source : RESIDENCY_NONE;
	struct json_writer writer;

	json_writer_init(&writer, take_bytes, stream, true);
	json_writer_object(&writer, NULL);
	write_process(&writer, &space->target, space->time_ns);
	json_writer_string(&writer, "usage_source", residency_source_name(source));
	write_totals(&writer, space, usage);
	if (filter)
		write_filter(&writer, space, usage, filter);
	json_writer_array(&writer, "mappings");
	for (size_t i = 0; i < space->vma_count && !json_writer_failed(&writer); i++) {
		const struct usage one = usage_table_at(usage, i);

		if (filter && !query_matches_has(filter->matches, i))
			continue;
		write_mapping(&writer, space, i, usage ? &one : NULL);
	}
	json_writer_end(&writer);
	json_writer_end(&writer);
	return json_writer_finish(&writer);
}

int json_write_totals(FILE *stream, const struct target *target, const struct target_totals *totals)
{
	const struct usage known = {.rss = totals->rss,
				    .swap = totals->swap,
				    .pss = TARGET_UNKNOWN,
				    .hugetlb = TARGET_UNKNOWN};
	struct json_writer writer;

	json_writer_init(&writer, take_bytes, stream, true);
	json_writer_object(&writer, NULL);
	write_process(&writer, target, totals->time_ns);
	json_writer_string(&writer, "usage_source", residency_source_name(RESIDENCY_NONE));
	json_writer_object(&writer, "totals");
	json_writer_null(&writer, "mappings");
	json_writer_null(&writer, "gaps");
	json_values_number(&writer, "size", totals->size);
	json_usage_write_sum(&writer, &known);
	json_writer_null(&writer, "by_kind");
	json_writer_end(&writer);
	json_writer_null(&writer, "mappings");
	json_writer_end(&writer);
	return json_writer_finish(&writer);
}
