/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CALL_STACK_H
#define MODEL_CALL_STACK_H

/*
 * Where a thread was when it touched a page for the first time: addresses in its code, and how they
 * were found. frames[0] is the instruction that faulted. The others are return addresses, the
 * caller's first: each is the instruction behind a call, which itself may be the last of its
 * function, so that what is looked up is the address before it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALL_STACK_FRAMES_MAX 64

/* What a stack rests on. */
enum call_stack_source {
	CALL_STACK_FRAME_POINTERS, /* the kernel followed the frame pointers */
	CALL_STACK_UNWOUND,        /* by the unwind tables of the files, from a copy of the stack */
	CALL_STACK_ADDRESS,        /* there is only the instruction that faulted */
	CALL_STACK_SOURCE_COUNT,
};

struct call_stack {
	uint64_t frames[CALL_STACK_FRAMES_MAX];
	uint32_t count;
	enum call_stack_source source;
};

/* Makes it one without frames, of an instruction that is still to come. */
void call_stack_clear(struct call_stack *stack);

/* Appends a frame. Returns whether there was room. */
bool call_stack_append(struct call_stack *stack, uint64_t frame);

/* The address to look up for a frame: an instruction of the call, not the one behind it. */
uint64_t call_stack_lookup_address(const struct call_stack *stack, size_t frame);

/* Whether both have the same frames, from the same source. */
bool call_stack_equal(const struct call_stack *a, const struct call_stack *b);

/* "frame-pointers", "unwound", "address": stable, for programs. */
const char *call_stack_source_name(enum call_stack_source source);

#endif
