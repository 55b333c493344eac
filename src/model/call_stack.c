/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/call_stack.h"

#include <string.h>

void call_stack_clear(struct call_stack *stack)
{
	stack->count = 0;
	stack->source = CALL_STACK_ADDRESS;
}

bool call_stack_append(struct call_stack *stack, uint64_t frame)
{
	if (stack->count == CALL_STACK_FRAMES_MAX)
		return false;
	stack->frames[stack->count++] = frame;
	return true;
}

uint64_t call_stack_lookup_address(const struct call_stack *stack, size_t frame)
{
	return stack->frames[frame] - (frame > 0 && stack->frames[frame] > 0);
}

bool call_stack_equal(const struct call_stack *a, const struct call_stack *b)
{
	return a->count == b->count && a->source == b->source &&
	       !memcmp(a->frames, b->frames, a->count * sizeof(a->frames[0]));
}

const char *call_stack_source_name(enum call_stack_source source)
{
	static const char *const names[CALL_STACK_SOURCE_COUNT] = {
		[CALL_STACK_FRAME_POINTERS] = "frame-pointers",
		[CALL_STACK_UNWOUND] = "unwound",
		[CALL_STACK_ADDRESS] = "address",
	};

	return names[source];
}
