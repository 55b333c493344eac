/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_STACK_FINDER_H
#define SAMPLER_STACK_FINDER_H

/*
 * Everything that shows where the stacks of a process's threads are: the threads, the guards that
 * maps does not show, and what classify() made of both. All zeroes is a valid, empty object.
 */

#include <stdbool.h>
#include <stddef.h>

#include "kernel/threads.h"
#include "model/thread_stack.h"
#include "sampler/guards.h"

struct classify_facts;
struct target_place;

struct stack_finder {
	struct thread_stacks stacks; /* for classify() to fill */
	/* Private: */
	struct threads threads;
	struct guards guards;
};

/* Adds what is known to the facts, valid until the next call, and empties look->stacks. */
void stack_finder_read(struct stack_finder *look, const struct target_place *place,
		       const struct vma *vmas, size_t count, struct classify_facts *facts);

/* Takes over what classify() found out. */
void stack_finder_learn(struct stack_finder *look, const struct vma *vmas, size_t count);

/* Gives the snapshot that was made of the VMAs what VMAs do not hold. */
void stack_finder_add(const struct stack_finder *look, struct address_space *space);

void stack_finder_finish(struct stack_finder *look);

#endif
