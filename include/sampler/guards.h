/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_GUARDS_H
#define SAMPLER_GUARDS_H

/*
 * The guard regions of the mappings that threads have their stacks in: those that maps does not
 * show (kernel/pagemap_scan.h). Only where they can matter, as asking walks page tables under the
 * target's mmap_lock: mappings whose stack is not explained by a guard that maps does show, at most
 * GUARDS_REACH around what is known of a thread's stack. What was reported for a mapping is good
 * for some samples, as long as mapping and threads are the same. A sample works for a bounded time,
 * though some stacks are asked for in any case; the rest is asked with the next one.
 *
 * All zeroes is a valid, empty object.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard_range;
struct guards_known;
struct thread_stack_pointer;
struct vma;

#define GUARDS_REACH (UINT64_C(64) << 20) /* bytes: stacks are seldom larger */

struct guards {
	struct guard_range *ranges; /* the result: ascending, disjoint */
	size_t count;
	/* Private: */
	size_t capacity, known_count, known_capacity, former_count, former_capacity;
	size_t kept_count, kept_capacity;
	struct guards_known *known, *former; /* by start */
	struct guard_range *kept;            /* of the former */
	bool unsupported;                    /* the kernel does not report it */
};

/*
 * Finds the guards around the stacks in the VMAs, and, where threads are missing of which nothing
 * is known, in all anonymous memory that is not larger than GUARDS_REACH. directory is /proc/PID of
 * a live process. What is not reported is not there.
 */
void guards_read(struct guards *guards, int directory, const struct vma *vmas, size_t vma_count,
		 const struct thread_stack_pointer *stacks, size_t stack_count, bool missing);

void guards_finish(struct guards *guards);

#endif
