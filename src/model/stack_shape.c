/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/stack_shape.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/stack_span.h"
#include "model/vma.h"

/* PTHREAD_STACK_MIN; sizes that people and libraries ask for. */
#define SIZE_MIN  (UINT64_C(16) << 10)
#define SIZE_UNIT (UINT64_C(64) << 10)
#define GUARD_MAX (UINT64_C(64) << 10)

/* A span that could be a stack. */
struct candidate {
	struct stack_span *span;
	bool usual; /* has the size that new threads get by default */
};

static bool follows_guard_pages(const struct stack_spans *spans, size_t i)
{
	const struct stack_span *span = &spans->spans[i];

	return i > 0 && span[-1].vma == span->vma && span[-1].kind == KIND_GUARD;
}

static bool is_open(const struct stack_span *span)
{
	return span->kind == KIND_COUNT && !span->users;
}

static void take_kept(struct stack_spans *spans, bool down)
{
	uint64_t size = 0;
	uint32_t vma = UINT32_MAX;

	for (size_t n = 0; n < spans->count; n++) {
		size_t i = down ? spans->count - 1 - n : n;
		struct stack_span *span = &spans->spans[i];

		if (!follows_guard_pages(spans, i))
			continue;
		if (is_open(span) && span->vma == vma && span->end - span->start == size)
			stack_span_set(span, KIND_SOURCE_SHAPE, 0);
		if (span->kind == KIND_THREAD_STACK) {
			size = span->end - span->start;
			vma = span->vma;
		}
	}
}

void stack_shape_take_kept(struct stack_spans *spans)
{
	take_kept(spans, false);
	take_kept(spans, true);
}

/*
 * Whether the span looks like a stack. Programs without execmem give stacks read and write only;
 * executable ones are found by their pointers alone.
 */
static bool looks_like_stack(const struct stack_spans *spans, size_t i, const struct vma *vmas,
			     uint64_t page_size)
{
	const struct stack_span *span = &spans->spans[i];
	const struct vma *vma = &vmas[span->vma];
	uint64_t size = span->end - span->start;

	if (!is_open(span) || (vma->perms & PERM_EXEC) || !span->guard || size < SIZE_MIN ||
	    span->guard > (page_size > GUARD_MAX ? page_size : GUARD_MAX))
		return false;
	if (!follows_guard_pages(spans, i) && vma[-1].kind != KIND_GUARD)
		return false;
	return size % SIZE_UNIT == 0 || (size + span->guard) % SIZE_UNIT == 0;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->usual != b->usual)
		return a->usual ? -1 : 1;
	return a->span > b->span ? -1 : a->span < b->span;
}

void stack_shape_take_missing(struct stack_spans *spans, const struct vma *vmas, uint64_t page_size,
			      uint64_t usual, size_t missing, struct arena *arena)
{
	struct candidate *candidates = arena_alloc(arena, spans->count * sizeof(*candidates));
	size_t found = 0;

	for (size_t i = 0; i < spans->count; i++) {
		struct stack_span *span = &spans->spans[i];
		uint64_t size = span->end - span->start;

		if (looks_like_stack(spans, i, vmas, page_size))
			candidates[found++] = (struct candidate){
				.span = span,
				.usual = size == usual || size + span->guard == usual,
			};
	}
	if (found)
		qsort(candidates, found, sizeof(*candidates), compare_candidates);
	for (size_t i = 0; i < found && i < missing; i++)
		stack_span_set(candidates[i].span, KIND_SOURCE_SHAPE, 0);
}
