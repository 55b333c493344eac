/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_THREAD_STACK_H
#define MODEL_THREAD_STACK_H

/*
 * Finds the stacks of threads other than the main one, from what is known of the threads:
 *
 * - anonymous memory that a thread's own stack is known to lie in: as far as its guard, the stack
 *   of another thread, or the border of the mapping;
 * - else anonymous memory with a guard directly below that exactly one stack pointer lies in. When
 *   that thread's own stack is elsewhere, it is a stack for signals or a fiber, and so is a small
 *   mapping without a guard;
 * - where nothing is known of a thread, what has the size and the neighbours of a stack.
 *
 * A mapping that is more than one such thing gets parts. Memory that is something else (the heap,
 * a bss, an arena, a large mapping with fibers) stays that, and the thread is lodged there.
 */

#include <stddef.h>

#include "model/address_space.h"

struct address_space;
struct arena;
struct classify_facts;

/* What VMAs do not hold; all zeroes is a valid, empty object. */
struct thread_stacks {
	struct vma *parts; /* as in struct address_space */
	size_t part_count, part_capacity;
	struct lodged_stack *lodged; /* ascending */
	size_t lodged_count, lodged_capacity;
};

/*
 * Fills kind, kind_source, tid and alternate of the stacks among the VMAs whose kind is still
 * KIND_COUNT, and adds to *ret_stacks; guards must be known already. O((count + n) log count) for
 * n threads and guards.
 */
void thread_stack_classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
			   struct arena *arena, struct thread_stacks *ret_stacks);

/*
 * Adds them to the snapshot of the VMAs that they were found in, which has none yet and shares its
 * list with no other.
 */
void thread_stacks_add(const struct thread_stacks *stacks, struct address_space *space);

void thread_stacks_clear(struct thread_stacks *stacks);
void thread_stacks_finish(struct thread_stacks *stacks);

#endif
