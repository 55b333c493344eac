/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_event.h"

#include "model/change.h"
#include "model/kind.h"
#include "record/database.h"
#include "record/recording_value.h"

static const char *name_kind(int number)
{
	return kind_name((enum kind)number);
}

static const char *name_change(int number)
{
	return change_type_name((enum change_type)number);
}

/* A range that is not there is NULL. */
static void bind_place(struct statement *statement, int index, uint64_t start, uint64_t end,
		       int perms_index, uint8_t perms)
{
	if (start < end) {
		recording_value_bind_range(statement, index, start, end);
		recording_value_bind_perms(statement, perms_index, perms);
		return;
	}
	statement_bind_null(statement, index);
	statement_bind_null(statement, index + 1);
	statement_bind_null(statement, perms_index);
}

static bool read_place(const struct statement *statement, int column, uint64_t *ret_start,
		       uint64_t *ret_end, int perms_column, uint8_t *ret_perms)
{
	if (statement_is_null(statement, column)) {
		*ret_start = *ret_end = 0;
		*ret_perms = 0;
		return true;
	}
	return recording_value_range(statement, column, ret_start, ret_end) &&
	       recording_value_perms(statement, perms_column, ret_perms);
}

void recording_event_bind(struct statement *statement, int from, const struct change *change)
{
	statement_bind(statement, from, change->time_ns);
	statement_bind_string(statement, from + 1, change_type_name(change->type));
	bind_place(statement, from + 2, change->start, change->end, from + 7, change->perms);
	bind_place(statement, from + 4, change->old_start, change->old_end, from + 8,
		   change->old_perms);
	statement_bind(statement, from + 6, change->delta);
	statement_bind_string(statement, from + 9, kind_name(change->kind));
	statement_bind_string(statement, from + 10, change->name);
	recording_value_bind_tid(statement, from + 11, change->tid);
	statement_bind(statement, from + 12, change->alternate);
}

bool recording_event_read(const struct statement *statement, int from, struct change *ret_change)
{
	struct change change = {0};
	int type, kind;

	if (!statement_number(statement, from, 0, INT64_MAX, &change.time_ns) ||
	    !recording_value_name(statement, from + 1, name_change, CHANGE_TYPE_COUNT, &type) ||
	    !read_place(statement, from + 2, &change.start, &change.end, from + 7, &change.perms) ||
	    !read_place(statement, from + 4, &change.old_start, &change.old_end, from + 8,
			&change.old_perms) ||
	    !statement_number(statement, from + 6, INT64_MIN, INT64_MAX, &change.delta) ||
	    !recording_value_name(statement, from + 9, name_kind, KIND_COUNT, &kind) ||
	    !statement_string(statement, from + 10, &change.name) ||
	    !recording_value_tid(statement, from + 11, &change.tid) ||
	    !recording_value_flag(statement, from + 12, &change.alternate))
		return false;
	change.type = (enum change_type)type;
	change.kind = (uint8_t)kind;
	change.size = change.start < change.end ? change.end - change.start
						: change.old_end - change.old_start;
	*ret_change = change;
	return true;
}
