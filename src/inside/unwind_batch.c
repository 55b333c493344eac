/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/unwind_batch.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/call_stack.h"

#define REGISTERS_SIZE ((size_t)UNWIND_REGISTER_COUNT * sizeof(uint64_t))

/* An object in the bytes; its name follows, with its NUL. */
struct recorded_object {
	uint64_t start, end, first, last, offset, inode;
	uint32_t dev_major, dev_minor;
	uint32_t perms, deleted, twin, padding;
};

void unwind_batch_append(struct text *bytes, const struct unwind_batch *batch)
{
	text_append_bytes(bytes, (const char *)batch, sizeof(*batch));
}

void unwind_batch_append_object(struct text *bytes, const struct unwind_object *object)
{
	const struct recorded_object record = {
		.start = object->start,
		.end = object->end,
		.first = object->vma.start,
		.last = object->vma.end,
		.offset = object->vma.offset,
		.inode = object->vma.inode,
		.dev_major = object->vma.dev_major,
		.dev_minor = object->vma.dev_minor,
		.perms = object->vma.perms,
		.deleted = object->vma.deleted,
		.twin = object->vma.twin,
	};

	text_append_bytes(bytes, (const char *)&record, sizeof(record));
	text_append_bytes(bytes, object->vma.name, strlen(object->vma.name) + 1);
}

void unwind_batch_append_sample(struct text *bytes, const struct unwind_sample *sample)
{
	uint64_t size =
		sample->stack_size < UNWIND_STACK_MAX ? sample->stack_size : UNWIND_STACK_MAX;

	text_append_bytes(bytes, (const char *)&size, sizeof(size));
	text_append_bytes(bytes, (const char *)sample->registers, REGISTERS_SIZE);
	text_append_bytes(bytes, (const char *)sample->stack, size);
}

/* The next size bytes; NULL when there are fewer. */
static const char *take(const char **at, const char *end, size_t size)
{
	const char *bytes = *at;

	if ((size_t)(end - bytes) < size)
		return NULL;
	*at += size;
	return bytes;
}

int unwind_batch_take(const char **at, const char *end, struct unwind_batch *ret_batch)
{
	const char *bytes = take(at, end, sizeof(*ret_batch));

	if (!bytes)
		return -EBADMSG;
	memcpy(ret_batch, bytes, sizeof(*ret_batch));
	return 0;
}

int unwind_batch_take_object(const char **at, const char *end, struct unwind_object *ret_object)
{
	const char *next = *at, *bytes = take(&next, end, sizeof(struct recorded_object)), *nul;
	struct recorded_object record;

	nul = bytes ? memchr(next, '\0', (size_t)(end - next)) : NULL;
	if (!nul)
		return -EBADMSG;
	memcpy(&record, bytes, sizeof(record));
	if (record.start >= record.end || record.first >= record.last)
		return -EBADMSG;
	*ret_object = (struct unwind_object){
		.start = record.start,
		.end = record.end,
		.vma = {.start = record.first,
			.end = record.last,
			.offset = record.offset,
			.inode = record.inode,
			.name = next,
			.dev_major = record.dev_major,
			.dev_minor = record.dev_minor,
			.perms = (uint8_t)record.perms,
			.twin = (uint8_t)record.twin,
			.deleted = record.deleted != 0},
	};
	*at = nul + 1;
	return 0;
}

int unwind_batch_take_sample(const char **at, const char *end, struct unwind_sample *ret_sample)
{
	const char *next = *at, *bytes = take(&next, end, sizeof(uint64_t)), *registers, *stack;
	uint64_t size;

	if (!bytes)
		return -EBADMSG;
	memcpy(&size, bytes, sizeof(size));
	registers = size <= UNWIND_STACK_MAX ? take(&next, end, REGISTERS_SIZE) : NULL;
	stack = registers ? take(&next, end, size) : NULL;
	if (!stack)
		return -EBADMSG;
	*ret_sample = (struct unwind_sample){
		.registers = (const unsigned char *)registers,
		.stack = (const unsigned char *)stack,
		.stack_size = size,
	};
	*at = next;
	return 0;
}

int unwind_result_take(const struct unwind_result *result, struct call_stack *ret_stack)
{
	if (result->count == 0 || result->count > CALL_STACK_FRAMES_MAX)
		return -EBADMSG;
	ret_stack->count = (uint32_t)result->count;
	memcpy(ret_stack->frames, result->frames, result->count * sizeof(*result->frames));
	ret_stack->source = result->count > 1 ? CALL_STACK_UNWOUND : CALL_STACK_ADDRESS;
	return 0;
}
