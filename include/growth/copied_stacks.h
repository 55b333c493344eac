/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_COPIED_STACKS_H
#define GROWTH_COPIED_STACKS_H

/*
 * Samples whose stacks were copied, put by until they are unwound together: what the ring holds is
 * overwritten. Bounded: what there is no room for goes by its chain of frame pointers. Where these
 * were found to lead to the callers, nothing is unwound.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "growth/fault_record.h"
#include "growth/frame_trust.h"
#include "model/call_stack.h"

struct address_space;
struct stack_unwinder;

/* Is given each sample with its stack. */
typedef void copied_stacks_take(void *context, uint64_t address, uint64_t bytes,
				const struct call_stack *stack);

struct copied_sample;

struct copied_stacks {
	struct frame_trust trust;
	uint64_t chained, unwound; /* samples, of those with a copy, that went by their chains */
	int error;                 /* why they could not be unwound, the last time; 0: they were */
	/* Private: */
	struct copied_sample *samples;
	size_t count;
	unsigned turn;
	uint64_t judged, judged_unwound; /* samples, and those unwound, at the last judgement */
	int64_t again_ns;                /* when to copy again; 0: it is not suspended */
};

void copied_stacks_init(struct copied_stacks *copied);
void copied_stacks_finish(struct copied_stacks *copied);

/*
 * Takes the sample, which stands for so many bytes: gives it on now, or keeps what unwinding
 * needs. Faults of the kernel are the user's that made the system call.
 */
void copied_stacks_add(struct copied_stacks *copied, const struct fault_record *sample,
		       uint64_t bytes, copied_stacks_take *take, void *context);

/* Whether there is little room left for more. */
bool copied_stacks_are_many(const struct copied_stacks *copied);

/* Unwinds what was kept and gives it on. */
void copied_stacks_unwind(struct copied_stacks *copied, struct stack_unwinder *unwinder,
			  const struct address_space *space, copied_stacks_take *take,
			  void *context);

/*
 * Whether samples should have copies by now (CLOCK_MONOTONIC, ns): not for a while where the chains
 * of nearly all were found to be good, nor where nothing can be unwound.
 */
bool copied_stacks_are_wanted(struct copied_stacks *copied, int64_t now_ns);

/* Another program runs: what was kept and learnt is of the one before. */
void copied_stacks_forget(struct copied_stacks *copied);

#endif
