/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_rows.h"

#include "model/address_space.h"
#include "model/file_identity.h"
#include "record/database.h"
#include "record/recording_value.h"

#define HUGE_SHIFT_MAX 40 /* pages of a terabyte */

static const char *name_kind(int number)
{
	return kind_name((enum kind)number);
}

static const char *name_kind_source(int number)
{
	return kind_source_name((enum kind_source)number);
}

static const char *name_owner(int number)
{
	return owner_name((enum owner)number);
}

static const char *name_identity(int number)
{
	return file_identity_name((enum file_identity)number);
}

static const char *name_runtime(int number)
{
	return runtime_name((enum runtime)number);
}

static const char *name_pages(int number)
{
	static const char *const names[] = {"resident", "resident-huge", "swapped", "scanned",
					    "blurred"};

	return names[number];
}

void recording_mapping_bind(struct statement *statement, int from, const void *value)
{
	const struct vma *vma = value;

	recording_value_bind_range(statement, from, vma->start, vma->end);
	recording_value_bind_perms(statement, from + 2, vma->perms);
	statement_bind(statement, from + 3, (int64_t)vma->offset);
	statement_bind(statement, from + 4, vma->dev_major);
	statement_bind(statement, from + 5, vma->dev_minor);
	statement_bind(statement, from + 6, (int64_t)vma->inode);
	statement_bind_string(statement, from + 7, vma->name);
	statement_bind(statement, from + 8, vma->deleted);
	statement_bind_string(statement, from + 9, kind_name(vma->kind));
	statement_bind_string(statement, from + 10, kind_source_name(vma->kind_source));
	statement_bind_string(statement, from + 11, owner_name(vma->owner));
	recording_value_bind_tid(statement, from + 12, vma->tid);
	statement_bind(statement, from + 13, vma->alternate);
	statement_bind(statement, from + 14, vma->file_system);
	statement_bind(statement, from + 15, vma->huge_shift);
	statement_bind_string(statement, from + 16, file_identity_name(vma->identity));
	statement_bind_string(statement, from + 17, runtime_name(vma->runtime));
	statement_bind(statement, from + 18, vma->twin);
}

static bool read_file(const struct statement *statement, int from, struct vma *vma)
{
	int64_t offset, major, minor, inode;

	if (!statement_number(statement, from, INT64_MIN, INT64_MAX, &offset) ||
	    !statement_number(statement, from + 1, 0, UINT32_MAX, &major) ||
	    !statement_number(statement, from + 2, 0, UINT32_MAX, &minor) ||
	    !statement_number(statement, from + 3, INT64_MIN, INT64_MAX, &inode) ||
	    !statement_string(statement, from + 4, &vma->name))
		return false;
	vma->offset = (uint64_t)offset;
	vma->dev_major = (uint32_t)major;
	vma->dev_minor = (uint32_t)minor;
	vma->inode = (uint64_t)inode;
	return true;
}

bool recording_mapping_read(const struct statement *statement, int from, void *ret_vma)
{
	struct vma vma = {0};
	int kind, source, owner, identity, runtime;

	if (!recording_value_range(statement, from, &vma.start, &vma.end) ||
	    !recording_value_perms(statement, from + 2, &vma.perms) ||
	    !read_file(statement, from + 3, &vma) ||
	    !recording_value_flag(statement, from + 8, &vma.deleted) ||
	    !recording_value_name(statement, from + 9, name_kind, KIND_GAP, &kind) ||
	    !recording_value_name(statement, from + 10, name_kind_source, KIND_SOURCE_COUNT,
				  &source) ||
	    !recording_value_name(statement, from + 11, name_owner, OWNER_COUNT, &owner) ||
	    !recording_value_tid(statement, from + 12, &vma.tid) ||
	    !recording_value_flag(statement, from + 13, &vma.alternate) ||
	    !recording_value_byte(statement, from + 14, FILE_SYSTEM_COUNT - 1, &vma.file_system) ||
	    !recording_value_byte(statement, from + 15, HUGE_SHIFT_MAX, &vma.huge_shift) ||
	    !recording_value_name_or_none(statement, from + 16, name_identity, FILE_IDENTITY_COUNT,
					  &identity) ||
	    !recording_value_name_or_none(statement, from + 17, name_runtime, RUNTIME_COUNT,
					  &runtime) ||
	    !recording_value_byte(statement, from + 18, UINT8_MAX, &vma.twin))
		return false;
	vma.kind = (uint8_t)kind;
	vma.kind_source = (uint8_t)source;
	vma.owner = (uint8_t)owner;
	vma.identity = (uint8_t)identity;
	vma.runtime = (uint8_t)runtime;
	*(struct vma *)ret_vma = vma;
	return true;
}

void recording_part_bind(struct statement *statement, int from, const void *value)
{
	const struct vma *part = value;

	recording_value_bind_range(statement, from, part->start, part->end);
	recording_value_bind_perms(statement, from + 2, part->perms);
	statement_bind_string(statement, from + 3, kind_name(part->kind));
	statement_bind_string(statement, from + 4, kind_source_name(part->kind_source));
	recording_value_bind_tid(statement, from + 5, part->tid);
	statement_bind(statement, from + 6, part->alternate);
}

bool recording_part_read(const struct statement *statement, int from, void *ret_vma)
{
	struct vma part = {.name = ""};
	int kind, source;

	if (!recording_value_range(statement, from, &part.start, &part.end) ||
	    !recording_value_perms(statement, from + 2, &part.perms) ||
	    !recording_value_name(statement, from + 3, name_kind, KIND_GAP, &kind) ||
	    !recording_value_name(statement, from + 4, name_kind_source, KIND_SOURCE_COUNT,
				  &source) ||
	    !recording_value_tid(statement, from + 5, &part.tid) ||
	    !recording_value_flag(statement, from + 6, &part.alternate))
		return false;
	part.kind = (uint8_t)kind;
	part.kind_source = (uint8_t)source;
	*(struct vma *)ret_vma = part;
	return true;
}

void recording_stack_bind(struct statement *statement, int from, const void *value)
{
	const struct lodged_stack *stack = value;

	statement_bind(statement, from, (int64_t)stack->address);
	statement_bind(statement, from + 1, stack->tid);
	statement_bind(statement, from + 2, stack->alternate);
}

bool recording_stack_read(const struct statement *statement, int from, void *ret_stack)
{
	struct lodged_stack stack = {0};
	int64_t address, tid;

	if (!statement_number(statement, from, INT64_MIN, INT64_MAX, &address) ||
	    !statement_number(statement, from + 1, 0, INT32_MAX, &tid) ||
	    !recording_value_flag(statement, from + 2, &stack.alternate))
		return false;
	stack.address = (uint64_t)address;
	stack.tid = (int32_t)tid;
	*(struct lodged_stack *)ret_stack = stack;
	return true;
}

void recording_pages_bind(struct statement *statement, int from, const void *value)
{
	const struct recording_range *range = value;

	recording_value_bind_range(statement, from, range->start, range->end);
	statement_bind_string(statement, from + 2, name_pages((int)range->what));
}

bool recording_pages_read(const struct statement *statement, int from, void *ret_range)
{
	struct recording_range *range = ret_range;
	int what;

	if (!recording_value_range(statement, from, &range->start, &range->end) ||
	    !recording_value_name(statement, from + 2, name_pages, RECORDING_PAGES_COUNT, &what))
		return false;
	range->what = (uint64_t)what;
	return true;
}
