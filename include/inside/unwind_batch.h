/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_UNWIND_BATCH_H
#define INSIDE_UNWIND_BATCH_H

/*
 * Stacks to be unwound, as bytes for another process of the same program (files/stack_unwinder.h):
 * the objects that the target maps, then the samples. Each part is taken from the bytes in turn,
 * and all lengths are checked.
 */

#include <stddef.h>
#include <stdint.h>

#include "inside/unwind_sample.h"
#include "model/call_stack.h"
#include "model/vma.h"

struct text;

struct unwind_batch {
	uint32_t object_count, sample_count;
};

/* An object with code: where it lies as a whole, and the first mapping of its file. */
struct unwind_object {
	uint64_t start, end;
	struct vma vma; /* range, offset, inode, name, device, permissions, deleted, twin */
};

void unwind_batch_append(struct text *bytes, const struct unwind_batch *batch);
void unwind_batch_append_object(struct text *bytes, const struct unwind_object *object);
void unwind_batch_append_sample(struct text *bytes, const struct unwind_sample *sample);

/*
 * Take the next part at *at, which moves behind it. What they fill points into the bytes, of which
 * end is the end. Return 0 or -EBADMSG.
 */
int unwind_batch_take(const char **at, const char *end, struct unwind_batch *ret_batch);
int unwind_batch_take_object(const char **at, const char *end, struct unwind_object *ret_object);
int unwind_batch_take_sample(const char **at, const char *end, struct unwind_sample *ret_sample);

/*
 * The result for a sample, of a fixed size. 0 frames: the sample could not be unwound. A stack that
 * was taken is a valid one.
 */
struct unwind_result {
	uint64_t count;
	uint64_t frames[CALL_STACK_FRAMES_MAX];
};

/* Returns 0 and sets *ret_stack; or -EBADMSG when there is none. */
int unwind_result_take(const struct unwind_result *result, struct call_stack *ret_stack);

#endif
