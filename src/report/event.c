/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/event.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/change.h"
#include "model/coverage.h"
#include "model/vma.h"
#include "report/json_values.h"

#define TYPE_COLUMNS   9  /* "protected" */
#define RANGE_COLUMNS  25 /* two addresses below 2^48 */
#define DETAIL_COLUMNS 13 /* "rw-p  +132.5K", "rw-p → r-xp" */

static bool is_there_now(const struct change *change)
{
	return change->start < change->end;
}

static bool was_there(const struct change *change)
{
	return change->old_start < change->old_end;
}

static void write_perms(struct json_writer *writer, const char *name, bool there, uint8_t perms)
{
	if (there)
		json_values_perms(writer, name, perms);
	else
		json_writer_null(writer, name);
}

static void write_address(struct json_writer *writer, const char *name, bool there,
			  uint64_t address)
{
	if (there)
		json_writer_hex(writer, name, address);
	else
		json_writer_null(writer, name);
}

static int take_bytes(void *text, const char *bytes, size_t length)
{
	text_append_bytes(text, bytes, length);
	return 0;
}

/* The members that every line has; type and name of coverage are its own. */
static void write_members(struct json_writer *writer, const struct change *change, const char *type,
			  const char *name)
{
	bool now = is_there_now(change), old = was_there(change);

	json_values_time(writer, "time", change->time_ns);
	json_writer_string(writer, "change", type);
	write_address(writer, "start", now, change->start);
	write_address(writer, "end", now, change->end);
	write_address(writer, "old_start", old, change->old_start);
	write_address(writer, "old_end", old, change->old_end);
	if (now || old) {
		json_writer_number(writer, "size", change->size);
		json_writer_signed(writer, "delta", change->delta);
	} else {
		json_writer_null(writer, "size");
		json_writer_null(writer, "delta");
	}
	write_perms(writer, "perms", now, change->perms);
	write_perms(writer, "old_perms", old, change->old_perms);
	json_values_string(writer, "name", name);
	json_values_string(writer, "kind", now || old ? kind_name(change->kind) : NULL);
	json_values_tid(writer, "tid", change->tid);
}

void event_append_json(struct text *text, const struct change *change)
{
	struct json_writer writer;

	json_writer_init(&writer, take_bytes, text, false);
	json_writer_object(&writer, NULL);
	write_members(&writer, change, change_type_name(change->type), change->name);
	json_writer_end(&writer);
	json_writer_finish(&writer);
}

/* Seconds, to the microsecond. */
static void write_seconds(struct json_writer *writer, const char *name,
			  const struct coverage *coverage, enum coverage_level least)
{
	uint64_t ns = coverage->level <= least ? coverage->seen_ns : coverage->rest_ns;

	json_writer_decimal(writer, name, (ns + 500) / 1000, 6);
}

void event_append_coverage_json(struct text *text, const struct coverage *coverage, int64_t time_ns)
{
	const struct change nothing = {.time_ns = time_ns};
	struct json_writer writer;

	json_writer_init(&writer, take_bytes, text, false);
	json_writer_object(&writer, NULL);
	write_members(&writer, &nothing, "coverage", NULL);
	json_writer_object(&writer, "seen_from");
	write_seconds(&writer, "size", coverage, COVERAGE_SIZES);
	write_seconds(&writer, "execute", coverage, COVERAGE_CODE);
	write_seconds(&writer, "read-write", coverage, COVERAGE_ALL);
	write_seconds(&writer, "moved", coverage, COVERAGE_ALL);
	json_writer_end(&writer);
	json_writer_end(&writer);
	json_writer_finish(&writer);
}

void event_append_coverage(struct text *text, const struct coverage *coverage, const char *time)
{
	static const char *const rest[] = {
		[COVERAGE_CODE] = "moves and changes of r and w",
		[COVERAGE_SIZES] = "moves and changes of permissions",
	};

	text_append_format(text, "%s  %-*s  changes that last %.2f s are seen", time, TYPE_COLUMNS,
			   "coverage", (double)coverage->seen_ns / 1e9);
	if (coverage->level != COVERAGE_ALL)
		text_append_format(text, "; %s, %.2f s", rest[coverage->level],
				   (double)coverage->rest_ns / 1e9);
}

/* The mapping that the line is about, as far as a change knows it. */
static struct vma find_vma(const struct change *change)
{
	bool now = is_there_now(change);

	return (struct vma){.start = now ? change->start : change->old_start,
			    .end = now ? change->end : change->old_end,
			    .perms = now ? change->perms : change->old_perms,
			    .kind = change->kind,
			    .tid = change->tid,
			    .alternate = change->alternate,
			    .name = change->name};
}

static void append_range(struct text *text, const struct vma *vma)
{
	struct text range = {0};

	text_append_format(&range, "%012" PRIx64 "-%012" PRIx64, vma->start, vma->end);
	text_append_format(text, "%-*s  ", RANGE_COLUMNS, text_string(&range));
	text_finish(&range);
}

static void append_amount(struct text *text, const struct change *change)
{
	uint64_t delta = (uint64_t)change->delta;
	char size[FORMAT_SIZE_LENGTH];

	if (change->delta > 0)
		text_append_format(text, "+%s", format_size(size, delta));
	else if (change->delta < 0)
		text_append_format(text, "-%s", format_size(size, -delta));
	else
		text_append(text, format_size(size, change->size));
}

static void append_detail(struct text *text, const struct change *change, const struct vma *vma,
			  bool ascii)
{
	const struct vma old = {.perms = change->old_perms};
	char perms[PERMS_LENGTH];
	struct text detail = {0};
	size_t columns;

	if (change->type == CHANGE_PROTECTED) {
		text_append(&detail, vma_perms(&old, perms));
		text_append_format(&detail, " %s ", ascii ? "->" : "→");
		text_append(&detail, vma_perms(vma, perms));
		columns = 2 * (PERMS_LENGTH - 1) + 2 + (ascii ? 2 : 1);
	} else {
		text_append_format(&detail, "%s  ", vma_perms(vma, perms));
		append_amount(&detail, change);
		columns = detail.length;
	}
	text_append(text, text_string(&detail));
	for (; columns < DETAIL_COLUMNS + 2; columns++)
		text_append_char(text, ' ');
	text_finish(&detail);
}

/* What the range alone does not show. */
static void append_remark(struct text *text, const struct change *change)
{
	bool low = change->start != change->old_start, high = change->end != change->old_end;

	if (change->type == CHANGE_MOVED)
		text_append_format(text, "  from %012" PRIx64, change->old_start);
	else if ((change->type == CHANGE_GREW || change->type == CHANGE_SHRANK) && low)
		text_append(text, high ? "  at both ends" : "  at its low end");
}

void event_append_line(struct text *text, const struct change *change, const char *time, bool ascii)
{
	struct vma vma = find_vma(change);

	text_append_format(text, "%s  %-*s  ", time, TYPE_COLUMNS, change_type_name(change->type));
	if (!is_there_now(change) && !was_there(change)) {
		utf8_append_escaped(text, change->name, strlen(change->name));
		return;
	}
	append_range(text, &vma);
	append_detail(text, change, &vma, ascii);
	if (is_there_now(change) && vma_is_writable_executable(&vma))
		text_append(text, "w+x  ");
	if (change->type == CHANGE_RENAMED && change->name[0])
		utf8_append_escaped(text, change->name, strlen(change->name));
	else
		vma_append_label(text, &vma);
	append_remark(text, change);
}
