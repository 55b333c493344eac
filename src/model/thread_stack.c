/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/thread_stack.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/classify.h"
#include "model/classify_name.h"

/* By shape: PTHREAD_STACK_MIN; sizes that people and libraries ask for; the usual limit. */
#define SIZE_MIN     (UINT64_C(16) << 10)
#define SIZE_UNIT    (UINT64_C(64) << 10)
#define SIZE_DEFAULT (UINT64_C(8) << 20)
#define GUARD_MAX    (UINT64_C(64) << 10)

/* What the known stack pointers say of one VMA. */
struct pointed {
	uint32_t pointers;
	int32_t tid; /* of the last one */
};

/* A VMA that could be a stack. */
struct candidate {
	uint32_t vma;
	bool usual; /* has the size that new threads get by default */
};

static size_t find_vma(const struct vma *vmas, size_t count, uint64_t address)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (vmas[middle].end > address)
			high = middle;
		else
			low = middle + 1;
	}
	return low < count && vmas[low].start <= address ? low : count;
}

static bool has_guard_below(const struct vma *vmas, size_t i)
{
	return i > 0 && vmas[i - 1].end == vmas[i].start && !(vmas[i - 1].perms & PERM_ACCESS);
}

static bool is_writable_anonymous(const struct vma *vma)
{
	return vma->kind == KIND_COUNT && (vma->perms & PERM_READ) && (vma->perms & PERM_WRITE) &&
	       classify_name_is_anonymous(vma);
}

static void set_stack(struct vma *vma, enum kind_source source, int32_t tid)
{
	vma->kind = KIND_THREAD_STACK;
	vma->kind_source = source;
	vma->tid = tid;
}

/* Enters the pointers per VMA; returns how many threads other than the main one are known. */
static size_t enter_pointers(struct pointed *pointed, const struct vma *vmas, size_t count,
			     const struct classify_facts *facts)
{
	size_t known = 0;

	for (size_t i = 0; i < facts->stack_count; i++) {
		const struct thread_stack_pointer *stack = &facts->stacks[i];
		size_t index = find_vma(vmas, count, stack->address);

		known += stack->tid != facts->target->pid;
		if (index == count)
			continue;
		pointed[index].pointers++;
		pointed[index].tid = stack->tid;
	}
	return known;
}

/*
 * Whether the VMA looks like a stack. Programs without execmem give stacks read and write only;
 * executable ones are found by their pointers alone.
 */
static bool looks_like_stack(const struct vma *vmas, size_t i, uint64_t page_size)
{
	uint64_t size = vma_size(&vmas[i]), guard;

	if (!is_writable_anonymous(&vmas[i]) || (vmas[i].perms & PERM_EXEC) ||
	    !has_guard_below(vmas, i) || size < SIZE_MIN)
		return false;
	guard = vma_size(&vmas[i - 1]);
	if (vmas[i - 1].kind != KIND_GUARD ||
	    guard > (page_size > GUARD_MAX ? page_size : GUARD_MAX))
		return false;
	return size % SIZE_UNIT == 0 || (size + guard) % SIZE_UNIT == 0;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->usual != b->usual)
		return a->usual ? -1 : 1;
	return a->vma > b->vma ? -1 : a->vma < b->vma;
}

/* The most likely ones, as many as there are threads missing. */
static void classify_by_shape(struct vma *vmas, size_t count, const struct classify_facts *facts,
			      const struct pointed *pointed, size_t missing, struct arena *arena)
{
	uint64_t limit = facts->target->limits.stack;
	uint64_t usual = limit && limit < TARGET_UNLIMITED ? limit : SIZE_DEFAULT;
	struct candidate *candidates = arena_alloc(arena, count * sizeof(*candidates));
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t size = vma_size(&vmas[i]);

		if (pointed[i].pointers || !looks_like_stack(vmas, i, facts->target->page_size))
			continue;
		candidates[found++] = (struct candidate){
			.vma = (uint32_t)i,
			.usual = size == usual || size + vma_size(&vmas[i - 1]) == usual,
		};
	}
	if (found)
		qsort(candidates, found, sizeof(*candidates), compare_candidates);
	for (size_t i = 0; i < found && i < missing; i++)
		set_stack(&vmas[candidates[i].vma], KIND_SOURCE_SHAPE, 0);
}

void thread_stack_classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
			   struct arena *arena)
{
	struct pointed *pointed = arena_alloc(arena, count * sizeof(*pointed));
	size_t others = facts->target->threads > 1 ? facts->target->threads - 1 : 0;
	size_t known = enter_pointers(pointed, vmas, count, facts);

	for (size_t i = 0; i < count; i++) {
		if (vmas[i].kind == KIND_THREAD_STACK && !pointed[i].pointers)
			known++; /* by its name */
		if (pointed[i].pointers == 1 && pointed[i].tid != facts->target->pid &&
		    is_writable_anonymous(&vmas[i]) && has_guard_below(vmas, i))
			set_stack(&vmas[i], KIND_SOURCE_THREAD, pointed[i].tid);
	}
	if (known < others)
		classify_by_shape(vmas, count, facts, pointed, others - known, arena);
}
