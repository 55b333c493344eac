/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_THREAD_STACK_H
#define MODEL_THREAD_STACK_H

/*
 * Finds the stacks of threads other than the main one: anonymous memory with a guard directly
 * below that exactly one stack pointer lies in; where stack pointers are not known, what has the
 * size and the neighbours of a stack.
 */

#include <stddef.h>

struct arena;
struct classify_facts;
struct vma;

/*
 * Fills kind, kind_source and tid of the stacks among the VMAs whose kind is still KIND_COUNT;
 * guards must be known already. O((count + stacks) log count).
 */
void thread_stack_classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
			   struct arena *arena);

#endif
