/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/thread_stack.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/classify_facts.h"
#include "model/classify_name.h"
#include "model/stack_shape.h"
#include "model/stack_span.h"

#define SIZE_DEFAULT   (UINT64_C(8) << 20) /* of a stack, the usual limit */
#define SIZE_ALTERNATE (UINT64_C(1) << 20) /* of one without a guard, at most */

struct finder {
	struct vma *vmas;
	size_t count;
	const struct classify_facts *facts;
	struct thread_stack_pointer *owners; /* those whose own stack is known, sorted by it */
	size_t owner_count;
	struct stack_spans spans; /* of the VMAs that may hold stacks */
	size_t missing;           /* threads of which nothing is known */
};

static size_t find_vma(const struct finder *finder, uint64_t address)
{
	size_t index = SEARCH_ABOVE(finder->vmas, finder->count, end, address);

	return index < finder->count && finder->vmas[index].start <= address ? index
									     : finder->count;
}

/* Bytes without access directly below the VMA. */
static uint64_t size_of_guard(const struct vma *vmas, size_t i)
{
	bool guarded =
		i > 0 && vmas[i - 1].end == vmas[i].start && !(vmas[i - 1].perms & PERM_ACCESS);

	return guarded ? vma_size(&vmas[i - 1]) : 0;
}

static bool is_writable_anonymous(const struct vma *vma)
{
	bool open = vma->kind == KIND_COUNT ||
		    (vma->kind == KIND_ANON && vma->kind_source == KIND_SOURCE_NAME);

	return open && (vma->perms & PERM_READ) && (vma->perms & PERM_WRITE) &&
	       classify_name_is_anonymous(vma);
}

static bool is_main(const struct finder *finder, const struct thread_stack_pointer *thread)
{
	return thread->tid == finder->facts->target->pid;
}

static uint64_t page_size_of(const struct finder *finder)
{
	uint64_t size = finder->facts->target->page_size;

	return size && !(size & (size - 1)) ? size : 4096;
}

static uint64_t usual_size(const struct finder *finder)
{
	uint64_t limit = finder->facts->target->limits.stack;

	return limit && limit < TARGET_UNLIMITED ? limit : SIZE_DEFAULT;
}

static int compare_owners(const void *left, const void *right)
{
	const struct thread_stack_pointer *a = left, *b = right;

	if (a->own != b->own)
		return a->own < b->own ? -1 : 1;
	return (a->tid > b->tid) - (a->tid < b->tid);
}

static void collect_owners(struct finder *finder, struct arena *arena)
{
	const struct classify_facts *facts = finder->facts;
	size_t others = facts->target->threads > 1 ? facts->target->threads - 1 : 0, known = 0;

	finder->owners = arena_alloc(arena, facts->stack_count * sizeof(*finder->owners));
	for (size_t i = 0; i < facts->stack_count; i++) {
		if (is_main(finder, &facts->stacks[i]))
			continue;
		known += facts->stacks[i].tid != 0;
		if (facts->stacks[i].own)
			finder->owners[finder->owner_count++] = facts->stacks[i];
	}
	if (finder->owner_count)
		qsort(finder->owners, finder->owner_count, sizeof(*finder->owners), compare_owners);
	for (size_t i = 0; i < finder->count; i++)
		known += finder->vmas[i].kind == KIND_THREAD_STACK; /* by its name */
	finder->missing = known < others ? others - known : 0;
}

static void want(struct finder *finder, bool *wanted, uint64_t address)
{
	size_t index = find_vma(finder, address);

	if (address && index < finder->count)
		wanted[index] = true;
}

/* Makes the spans of all anonymous memory that there is any reason to ask about. */
static void make_spans(struct finder *finder, struct arena *arena)
{
	const struct classify_facts *facts = finder->facts;
	bool *wanted = arena_alloc(arena, finder->count * sizeof(*wanted));
	size_t next = 0;

	for (size_t i = 0; i < facts->stack_count; i++) {
		want(finder, wanted, facts->stacks[i].address);
		want(finder, wanted, facts->stacks[i].own);
	}
	for (size_t i = 0; i < facts->guard_count; i++)
		want(finder, wanted, facts->guards[i].start);
	for (size_t i = 0; i < finder->count; i++)
		if ((wanted[i] || finder->missing) && is_writable_anonymous(&finder->vmas[i]))
			stack_spans_add(&finder->spans, finder->vmas, i,
					size_of_guard(finder->vmas, i), facts->guards,
					facts->guard_count, &next);
	stack_spans_cut(&finder->spans, finder->owners, finder->owner_count, page_size_of(finder));
	stack_spans_limit(&finder->spans, usual_size(finder));
}

/* Enters the stack pointers that are not in what is known as the stack of their thread. */
static void enter_pointers(struct finder *finder)
{
	for (size_t i = 0; i < finder->facts->stack_count; i++) {
		const struct thread_stack_pointer *thread = &finder->facts->stacks[i];
		struct stack_span *span = stack_spans_find(&finder->spans, thread->address);

		if (!span || span->tid == thread->tid)
			continue;
		span->users++;
		span->user = thread->tid;
		span->alternate = thread->own || is_main(finder, thread);
	}
}

static bool is_small_mapping(const struct finder *finder, const struct stack_span *span)
{
	const struct vma *vma = &finder->vmas[span->vma];

	return span->start == vma->start && span->end == vma->end &&
	       vma_size(vma) <= SIZE_ALTERNATE;
}

static void take_pointers(struct finder *finder)
{
	for (size_t i = 0; i < finder->spans.count; i++) {
		struct stack_span *span = &finder->spans.spans[i];

		if ((span->kind == KIND_COUNT || (span->kind == KIND_THREAD_STACK && !span->tid)) &&
		    span->users == 1 &&
		    (span->guard || (span->alternate && is_small_mapping(finder, span))))
			stack_span_set(span, KIND_SOURCE_THREAD, span->user);
		else
			span->alternate = false;
	}
}

static void add_part(struct thread_stacks *stacks, const struct vma *vma,
		     const struct stack_span *span)
{
	struct vma part = *vma;

	part.start = span->start;
	part.end = span->end;
	part.tid = span->tid;
	part.kind = span->kind;
	part.kind_source = span->kind_source;
	part.alternate = span->alternate;
	if (span->kind == KIND_GUARD)
		part.perms &= PERM_SHARED; /* what an access meets */
	if (span->kind == KIND_COUNT) {
		part.kind = vma->perms & PERM_EXEC ? KIND_JIT : KIND_ANON;
		part.kind_source = KIND_SOURCE_PERMISSIONS;
	}
	stacks->parts = memory_array_grow(stacks->parts, stacks->part_count, &stacks->part_capacity,
					  sizeof(*stacks->parts));
	stacks->parts[stacks->part_count++] = part;
}

/* Writes what was found of one mapping; returns how many spans it has. */
static size_t write_mapping(struct finder *finder, const struct stack_span *spans, size_t left,
			    struct thread_stacks *stacks)
{
	struct vma *vma = &finder->vmas[spans[0].vma];
	const struct stack_span *stack = NULL;
	size_t count = 0, named = 0;
	bool only_stacks = true;

	for (; count < left && spans[count].vma == spans[0].vma; count++) {
		if (spans[count].kind == KIND_THREAD_STACK)
			stack = &spans[count];
		only_stacks &=
			spans[count].kind == KIND_THREAD_STACK || spans[count].kind == KIND_GUARD;
		named += spans[count].tid != 0;
	}
	for (size_t i = 0; count > 1 && i < count; i++)
		add_part(stacks, vma, &spans[i]);
	if (!stack || !only_stacks)
		return count;
	vma->kind = KIND_THREAD_STACK;
	vma->kind_source = stack->kind_source;
	vma->tid = named == 1 ? stack->tid : 0;
	vma->alternate = named == 1 && stack->alternate;
	return count;
}

static void lodge(struct thread_stacks *stacks, uint64_t address, int32_t tid, bool alternate)
{
	stacks->lodged = memory_array_grow(stacks->lodged, stacks->lodged_count,
					   &stacks->lodged_capacity, sizeof(*stacks->lodged));
	stacks->lodged[stacks->lodged_count++] =
		(struct lodged_stack){.address = address, .tid = tid, .alternate = alternate};
}

/* Whether the memory at the address is called the thread's stack, or it is not mapped at all. */
static bool is_named(const struct finder *finder, const struct thread_stack_pointer *thread,
		     uint64_t address)
{
	const struct stack_span *span = stack_spans_find(&finder->spans, address);
	size_t index = find_vma(finder, address);

	if (span && span->tid == thread->tid)
		return true;
	if (index == finder->count || !(finder->vmas[index].perms & PERM_ACCESS))
		return true;
	return !span && (finder->vmas[index].kind == KIND_THREAD_STACK ||
			 (is_main(finder, thread) && finder->vmas[index].kind == KIND_STACK));
}

static int compare_lodged(const void *left, const void *right)
{
	const struct lodged_stack *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->tid > b->tid) - (a->tid < b->tid);
}

static void lodge_the_rest(struct finder *finder, struct thread_stacks *stacks)
{
	for (size_t i = 0; i < finder->facts->stack_count; i++) {
		const struct thread_stack_pointer *thread = &finder->facts->stacks[i];
		bool main = is_main(finder, thread), at_home;
		bool has_own = thread->tid && thread->own && !main;

		at_home = has_own &&
			  find_vma(finder, thread->own) == find_vma(finder, thread->address);
		if (thread->address && !is_named(finder, thread, thread->address))
			lodge(stacks, thread->address, thread->tid, main || (has_own && !at_home));
		if (has_own && !at_home && !is_named(finder, thread, thread->own))
			lodge(stacks, thread->own, thread->tid, false);
	}
	if (stacks->lodged_count)
		qsort(stacks->lodged, stacks->lodged_count, sizeof(*stacks->lodged),
		      compare_lodged);
}

void thread_stack_classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
			   struct arena *arena, struct thread_stacks *ret_stacks)
{
	struct finder finder = {.vmas = vmas, .count = count, .facts = facts};

	collect_owners(&finder, arena);
	if (!facts->stack_count && !facts->guard_count && !finder.missing)
		return;
	make_spans(&finder, arena);
	enter_pointers(&finder);
	take_pointers(&finder);
	stack_shape_take_kept(&finder.spans);
	if (finder.missing)
		stack_shape_take_missing(&finder.spans, vmas, facts->target->page_size,
					 usual_size(&finder), finder.missing, arena);
	for (size_t i = 0; i < finder.spans.count;)
		i += write_mapping(&finder, &finder.spans.spans[i], finder.spans.count - i,
				   ret_stacks);
	lodge_the_rest(&finder, ret_stacks);
	stack_spans_finish(&finder.spans);
}

void thread_stacks_add(const struct thread_stacks *stacks, struct address_space *space)
{
	/* In the very VMAs: there is no error. */
	(void)address_space_set_stacks(space, stacks->parts, stacks->part_count, stacks->lodged,
				       stacks->lodged_count);
}

void thread_stacks_clear(struct thread_stacks *stacks)
{
	stacks->part_count = stacks->lodged_count = 0;
}

void thread_stacks_finish(struct thread_stacks *stacks)
{
	free(stacks->parts);
	free(stacks->lodged);
	*stacks = (struct thread_stacks){0};
}
