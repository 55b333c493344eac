/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_STACK_SHAPE_H
#define MODEL_STACK_SHAPE_H

/* Stacks recognised only by size and neighbours: no known thread is on them. */

#include <stddef.h>
#include <stdint.h>

struct arena;
struct stack_spans;
struct vma;

/*
 * Between the stacks of a mapping lie those of threads that have ended, which the C library keeps
 * for the next ones: above guard pages, and as large as the next stack.
 */
void stack_shape_take_kept(struct stack_spans *spans);

/*
 * Of threads of which nothing is known, so many are missing: takes the most likely spans, those of
 * the usual size (bytes, with or without the guard) first.
 */
void stack_shape_take_missing(struct stack_spans *spans, const struct vma *vmas, uint64_t page_size,
			      uint64_t usual, size_t missing, struct arena *arena);

#endif
