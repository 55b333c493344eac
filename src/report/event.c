/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/event.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/format.h"
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

static json_t *make_perms(bool there, uint8_t perms)
{
	struct vma vma = {.perms = perms};
	char out[PERMS_LENGTH];

	return there ? json_string(vma_perms(&vma, out)) : json_null();
}

static json_t *make_address(bool there, uint64_t address)
{
	return there ? json_values_address(address) : json_null();
}

static json_t *make_event(const struct change *change)
{
	bool now = is_there_now(change), old = was_there(change);
	json_t *object = json_object();

	json_object_set_new(object, "time", json_values_time(change->time_ns));
	json_object_set_new(object, "change", json_string(change_type_name(change->type)));
	json_object_set_new(object, "start", make_address(now, change->start));
	json_object_set_new(object, "end", make_address(now, change->end));
	json_object_set_new(object, "old_start", make_address(old, change->old_start));
	json_object_set_new(object, "old_end", make_address(old, change->old_end));
	json_object_set_new(object, "size",
			    now || old ? json_values_number(change->size) : json_null());
	json_object_set_new(object, "delta",
			    now || old ? json_integer(change->delta) : json_null());
	json_object_set_new(object, "perms", make_perms(now, change->perms));
	json_object_set_new(object, "old_perms", make_perms(old, change->old_perms));
	json_object_set_new(object, "name", json_values_string(change->name));
	json_object_set_new(object, "kind",
			    now || old ? json_string(kind_name((enum kind)change->kind))
				       : json_null());
	json_object_set_new(object, "tid", change->tid ? json_integer(change->tid) : json_null());
	return object;
}

/* Appends the object, which it takes over, as a line. */
static void append_object(struct text *text, json_t *object)
{

	json_values_append(text, object, JSON_COMPACT | JSON_REAL_PRECISION(6), 0);
	text_append_char(text, '\n');
	json_decref(object);
}

void event_append_json(struct text *text, const struct change *change)
{
	append_object(text, make_event(change));
}

static json_t *make_seconds(const struct coverage *coverage, enum coverage_level least)
{
	bool seen = coverage->level <= least;

	return json_real((double)(seen ? coverage->seen_ns : coverage->rest_ns) / 1e9);
}

void event_append_coverage_json(struct text *text, const struct coverage *coverage, int64_t time_ns)
{
	const struct change nothing = {.time_ns = time_ns, .name = ""};
	json_t *object = make_event(&nothing), *times = json_object();

	json_object_set_new(times, "size", make_seconds(coverage, COVERAGE_SIZES));
	json_object_set_new(times, "execute", make_seconds(coverage, COVERAGE_CODE));
	json_object_set_new(times, "read-write", make_seconds(coverage, COVERAGE_ALL));
	json_object_set_new(times, "moved", make_seconds(coverage, COVERAGE_ALL));
	json_object_set_new(object, "change", json_string("coverage"));
	json_object_set_new(object, "name", json_null());
	json_object_set_new(object, "seen_from", times);
	append_object(text, object);
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
