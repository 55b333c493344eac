/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_record.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>

/* What is left of a record. The fields are those of the kernel's include/uapi/linux/perf_event.h.
 */
struct cursor {
	const unsigned char *at, *end;
	bool short_of; /* something did not fit */
};

static const unsigned char *take(struct cursor *cursor, size_t size)
{
	const unsigned char *bytes = cursor->at;

	if (cursor->short_of || size > (size_t)(cursor->end - cursor->at)) {
		cursor->short_of = true;
		return NULL;
	}
	cursor->at += size;
	return bytes;
}

static uint64_t take_u64(struct cursor *cursor)
{
	const unsigned char *bytes = take(cursor, sizeof(uint64_t));
	uint64_t value = 0;

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

static uint32_t take_u32(struct cursor *cursor)
{
	const unsigned char *bytes = take(cursor, sizeof(uint32_t));
	uint32_t value = 0;

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

/*
 * The frames between the mark of the user's part and the next mark. Marks are the values from
 * PERF_CONTEXT_MAX on; no address is one.
 */
static void take_chain(struct cursor *cursor, struct fault_record *record)
{
	uint64_t count = take_u64(cursor);
	bool user = false;

	call_stack_clear(&record->stack);
	if (count > (uint64_t)(cursor->end - cursor->at) / sizeof(uint64_t)) {
		cursor->short_of = true;
		return;
	}
	while (count-- > 0) {
		uint64_t frame = take_u64(cursor);

		if (frame >= (uint64_t)PERF_CONTEXT_MAX)
			user = frame == (uint64_t)PERF_CONTEXT_USER;
		else if (user)
			(void)call_stack_append(&record->stack, frame); /* the rest is cut off */
	}
	if (record->stack.count > 1)
		record->stack.source = CALL_STACK_FRAME_POINTERS;
}

static void take_copies(const struct fault_format *format, struct cursor *cursor,
			struct fault_record *record)
{
	const uint64_t mode = take_u64(cursor);
	const unsigned char *stack;
	uint64_t size, filled;

	if (mode != PERF_SAMPLE_REGS_ABI_NONE) {
		record->registers = take(cursor, format->registers * sizeof(uint64_t));
		record->registers_are_32 = mode == PERF_SAMPLE_REGS_ABI_32;
	}
	size = take_u64(cursor);
	if (!size)
		return;
	stack = take(cursor, size);
	filled = take_u64(cursor);
	if (cursor->short_of || filled > size) {
		cursor->short_of = true;
		return;
	}
	record->stack_copy = stack;
	record->stack_size = filled;
}

static void take_sample(const struct fault_format *format, struct cursor *cursor, uint16_t misc,
			struct fault_record *record)
{
	record->type = FAULT_RECORD_SAMPLE;
	record->in_kernel = (misc & PERF_RECORD_MISC_CPUMODE_MASK) == PERF_RECORD_MISC_KERNEL;
	(void)take_u64(cursor); /* the instruction: the first frame, or one in the kernel */
	record->pid = (int32_t)take_u32(cursor);
	record->tid = (int32_t)take_u32(cursor);
	record->time_ns = take_u64(cursor);
	record->address = take_u64(cursor);
	record->id = take_u64(cursor);
	take_chain(cursor, record);
	if (format->registers)
		take_copies(format, cursor, record);
}

static void take_task(struct cursor *cursor, enum fault_record_type type,
		      struct fault_record *record)
{
	record->type = type;
	record->pid = (int32_t)take_u32(cursor);
	record->parent_pid = (int32_t)take_u32(cursor);
	record->tid = (int32_t)take_u32(cursor);
	record->parent_tid = (int32_t)take_u32(cursor);
}

static void take_mapping(struct cursor *cursor, struct fault_record *record)
{
	uint64_t length;

	record->type = FAULT_RECORD_MAP;
	record->pid = (int32_t)take_u32(cursor);
	record->tid = (int32_t)take_u32(cursor);
	record->start = take_u64(cursor);
	length = take_u64(cursor);
	if (length > UINT64_MAX - record->start)
		cursor->short_of = true;
	record->end = record->start + length;
}

static void take_name(struct cursor *cursor, uint16_t misc, struct fault_record *record)
{
	record->pid = (int32_t)take_u32(cursor);
	record->tid = (int32_t)take_u32(cursor);
	if (misc & PERF_RECORD_MISC_COMM_EXEC)
		record->type = FAULT_RECORD_EXEC;
}

int fault_record_parse(const struct fault_format *format, const unsigned char *bytes, size_t size,
		       struct fault_record *ret_record)
{
	struct cursor cursor = {.at = bytes, .end = bytes + size};
	struct fault_record record = {.type = FAULT_RECORD_OTHER};
	struct perf_event_header header;

	if (size < sizeof(header))
		return -EBADMSG;
	memcpy(&header, take(&cursor, sizeof(header)), sizeof(header));
	if (header.size != size || format->registers > FAULT_REGISTERS_MAX)
		return -EBADMSG;
	switch (header.type) {
	case PERF_RECORD_SAMPLE: take_sample(format, &cursor, header.misc, &record); break;
	case PERF_RECORD_LOST:
		record.type = FAULT_RECORD_LOST;
		record.id = take_u64(&cursor);
		record.lost = take_u64(&cursor);
		break;
	case PERF_RECORD_FORK: take_task(&cursor, FAULT_RECORD_FORK, &record); break;
	case PERF_RECORD_EXIT: take_task(&cursor, FAULT_RECORD_EXIT, &record); break;
	case PERF_RECORD_COMM: take_name(&cursor, header.misc, &record); break;
	case PERF_RECORD_MMAP:
	case PERF_RECORD_MMAP2: take_mapping(&cursor, &record); break;
	case PERF_RECORD_THROTTLE: record.type = FAULT_RECORD_THROTTLE; break;
	}
	if (cursor.short_of)
		return -EBADMSG;
	*ret_record = record;
	return 0;
}
