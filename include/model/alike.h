/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ALIKE_H
#define MODEL_ALIKE_H

/*
 * Which mappings are alike, so that one line or band can stand for many: the parts of the program,
 * the pieces of a runtime's heap, thread stacks, malloc's arenas, and anonymous memory in pieces of
 * one size. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"
#include "model/runtime.h"

struct address_space;
struct vma;

/*
 * The widest hole between two that are side by side, in bytes: loaders leave up to the alignment of
 * segments, and arenas begin every so many bytes. Runtimes choose addresses of their own.
 */
#define ALIKE_HOLE_MAX (UINT64_C(64) << 20)

/* The fewest that are worth one line. */
enum {
	ALIKE_LEAST_PROGRAM = 2,
	ALIKE_LEAST = 3,
	ALIKE_LEAST_ANONYMOUS = 4,
};

/* What must be equal. */
struct alike {
	uint64_t size;   /* of a piece of anonymous memory; else 0 */
	uint8_t kind;    /* enum kind; 0 for the pieces of a runtime or of the program */
	uint8_t runtime; /* enum runtime */
	bool program;    /* text, rodata, relro, data or bss of the program */
};

/*
 * Of a mapping or a part of one: enum kind, enum owner, enum runtime, and its size in bytes.
 * Inline, as are the next ones: they are asked of each mapping for every picture.
 */
static inline struct alike alike_make(uint8_t kind, uint8_t owner, uint8_t runtime, uint64_t size)
{
	if (runtime != RUNTIME_NONE)
		return (struct alike){.runtime = runtime};
	if (owner == OWNER_PROGRAM && kind <= KIND_BSS)
		return (struct alike){.program = true};
	return (struct alike){.kind = kind, .size = kind == KIND_ANON ? size : 0};
}

/* The same of all of a mapping. */
struct alike alike_of(const struct vma *vma);

static inline bool alike_same(const struct alike *a, const struct alike *b)
{
	return a->kind == b->kind && a->size == b->size && a->runtime == b->runtime &&
	       a->program == b->program;
}

/* The widest hole between two of these that are side by side, in bytes. */
static inline uint64_t alike_hole_max(const struct alike *alike)
{
	return alike->runtime != RUNTIME_NONE ? UINT64_MAX : ALIKE_HOLE_MAX;
}

/* The fewest that are worth one line; 0: each of these is a line of its own. */
static inline size_t alike_least(const struct alike *alike)
{
	if (alike->runtime != RUNTIME_NONE)
		return 1;
	if (alike->program)
		return ALIKE_LEAST_PROGRAM;
	if (alike->kind == KIND_THREAD_STACK || alike->kind == KIND_ARENA)
		return ALIKE_LEAST;
	return alike->kind == KIND_ANON ? ALIKE_LEAST_ANONYMOUS : 0;
}

/* A run of like mappings that lie side by side. */
struct alike_run {
	size_t end;    /* the index after its last mapping */
	size_t piece;  /* the index of its lowest mapping that is no guard */
	size_t pieces; /* how many are alike; the others guard them or lie between them */
	uint64_t each; /* bytes of each piece, where all have the same; else 0 */
};

/*
 * The run whose lowest mapping has the index first: with the guards of stacks and what arenas
 * reserve, and without the program's parts. Returns false, with ret_run untouched, where there are
 * too few, or fewer than two.
 */
bool alike_find(const struct address_space *space, size_t first, struct alike_run *ret_run);

#endif
