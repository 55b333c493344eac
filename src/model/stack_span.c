/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/stack_span.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/classify_facts.h"

#define SIZE_MOST (UINT64_C(64) << 20) /* of a stack without a guard that is believed */

static struct stack_span *push(struct stack_spans *spans, struct stack_span span)
{
	spans->spans = memory_array_grow(spans->spans, spans->count, &spans->capacity,
					 sizeof(*spans->spans));
	spans->spans[spans->count] = span;
	return &spans->spans[spans->count++];
}

static void push_range(struct stack_spans *spans, size_t vma, uint64_t start, uint64_t end,
		       uint64_t guard)
{
	if (start < end)
		push(spans, (struct stack_span){.start = start,
						.end = end,
						.guard = guard,
						.vma = (uint32_t)vma,
						.kind = KIND_COUNT});
}

void stack_spans_add(struct stack_spans *spans, const struct vma *vmas, size_t index,
		     uint64_t below, const struct guard_range *guards, size_t guard_count,
		     size_t *next)
{
	const struct vma *vma = &vmas[index];
	uint64_t start = vma->start;

	while (*next < guard_count && guards[*next].end <= vma->start)
		++*next;
	for (size_t i = *next; i < guard_count && guards[i].start < vma->end; i++) {
		uint64_t from = guards[i].start > start ? guards[i].start : start;
		uint64_t to = guards[i].end < vma->end ? guards[i].end : vma->end;

		if (from >= to)
			continue;
		push_range(spans, index, start, from, below);
		push(spans, (struct stack_span){.start = from,
						.end = to,
						.vma = (uint32_t)index,
						.kind = KIND_GUARD,
						.kind_source = KIND_SOURCE_PAGES});
		start = to;
		below = to - from;
	}
	push_range(spans, index, start, vma->end, below);
}

/* Where the stack of the thread ends in the span; the last one has no stack above it. */
static uint64_t find_top(const struct stack_span *span, const struct thread_stack_pointer *thread,
			 bool last, uint64_t page_size)
{
	uint64_t left = span->end - thread->own;

	/* A stack from malloc may end a little above the page, and nothing else begins there. */
	if (left <= (last ? 2 : 1) * page_size || (last && !thread->own_on_top))
		return span->end;
	return (thread->own & ~(page_size - 1)) + page_size;
}

static void cut_span(struct stack_spans *cut, const struct stack_span *span,
		     const struct thread_stack_pointer *threads, size_t count, uint64_t page_size)
{
	uint64_t start = span->start, guard = span->guard;

	for (size_t i = 0; i < count; i++) {
		uint64_t top = find_top(span, &threads[i], i + 1 == count, page_size);

		if (top <= start)
			continue;
		push_range(cut, span->vma, start, top, guard);
		/* What a thread left behind is a stack while it is guarded like one. */
		if (threads[i].tid || guard)
			stack_span_set(&cut->spans[cut->count - 1],
				       threads[i].tid ? KIND_SOURCE_THREAD : KIND_SOURCE_SHAPE,
				       threads[i].tid);
		start = top;
		guard = 0;
	}
	push_range(cut, span->vma, start, span->end, guard);
}

void stack_spans_cut(struct stack_spans *spans, const struct thread_stack_pointer *threads,
		     size_t count, uint64_t page_size)
{
	struct stack_spans cut = {0};
	size_t first = 0, end;

	for (size_t i = 0; i < spans->count; i++) {
		const struct stack_span *span = &spans->spans[i];

		while (first < count && threads[first].own < span->start)
			first++;
		for (end = first; end < count && threads[end].own < span->end; end++)
			;
		if (end == first || span->kind == KIND_GUARD)
			push(&cut, *span);
		else
			cut_span(&cut, span, &threads[first], end - first, page_size);
	}
	stack_spans_finish(spans);
	*spans = cut;
}

struct stack_span *stack_spans_find(const struct stack_spans *spans, uint64_t address)
{
	size_t index = SEARCH_ABOVE(spans->spans, spans->count, end, address);

	if (index == spans->count || spans->spans[index].start > address)
		return NULL;
	return &spans->spans[index];
}

static bool is_certain(const struct stack_span *span)
{
	return span->kind == KIND_THREAD_STACK && span->guard;
}

void stack_spans_limit(struct stack_spans *spans, uint64_t usual)
{
	struct stack_spans cut = {0};
	uint64_t limit = 0;

	for (size_t i = 0; i < spans->count; i++)
		if (is_certain(&spans->spans[i]) &&
		    spans->spans[i].end - spans->spans[i].start > limit)
			limit = spans->spans[i].end - spans->spans[i].start;
	if (limit == 0)
		limit = usual;
	for (size_t i = 0; i < spans->count; i++) {
		struct stack_span span = spans->spans[i];
		uint64_t size = span.end - span.start;

		if (span.kind == KIND_THREAD_STACK && !span.guard && size > SIZE_MOST &&
		    size > limit) {
			push_range(&cut, span.vma, span.start, span.end - limit, 0);
			span.start = span.end - limit;
		}
		push(&cut, span);
	}
	stack_spans_finish(spans);
	*spans = cut;
}

void stack_span_set(struct stack_span *span, enum kind_source source, int32_t tid)
{
	span->kind = KIND_THREAD_STACK;
	span->kind_source = source;
	span->tid = tid;
}

void stack_spans_finish(struct stack_spans *spans)
{
	free(spans->spans);
	*spans = (struct stack_spans){0};
}
