/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FRAME_TRUST_H
#define GROWTH_FRAME_TRUST_H

/*
 * Where the frame pointers lead to the callers and where they do not: code that is built without
 * them breaks the chain, or skips callers without a trace. Found out for each instruction that
 * faults by comparing the chain with what unwinding says. Bounded; of two instructions that share a
 * slot the newer one is known. All zeroes: nothing is known.
 */

#include <stdbool.h>
#include <stdint.h>

#define FRAME_TRUST_SLOTS 1024u

struct call_stack;

struct frame_trust {
	struct {
		uint64_t address;
		uint32_t agreed, differed;
	} slots[FRAME_TRUST_SLOTS];
};

/*
 * Both are of one sample: the chain of frame pointers, and the same stack unwound. Returns whether
 * they agree.
 */
bool frame_trust_learn(struct frame_trust *trust, const struct call_stack *chain,
		       const struct call_stack *unwound);

/* Whether the chain of a fault at the instruction can be taken as it is. */
bool frame_trust_has(const struct frame_trust *trust, uint64_t address);

#endif
