/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/copied_stacks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "files/stack_unwinder.h"
#include "inside/unwind_sample.h"

#define SAMPLES     256u
#define STACK_BYTES ((size_t)8192)
#define JUDGED      200 /* samples that make a judgement */
#define GOOD_PARTS  100 /* of so many at most one may have needed to be unwound */
#define SUSPEND_NS  INT64_C(30000000000)
#define CHECK_TURNS 16 /* of so many that are trusted one is unwound nevertheless */

struct copied_sample {
	uint64_t address, bytes;
	struct call_stack chain;
	size_t stack_size;
	unsigned char registers[(UNWIND_REGISTER_COUNT + 1) * sizeof(uint64_t)];
	unsigned char stack[STACK_BYTES];
};

void copied_stacks_init(struct copied_stacks *copied)
{
	*copied =
		(struct copied_stacks){.samples = memory_alloc(SAMPLES * sizeof(*copied->samples))};
}

void copied_stacks_finish(struct copied_stacks *copied)
{
	free(copied->samples);
	*copied = (struct copied_stacks){0};
}

static bool is_to_unwind(struct copied_stacks *copied, const struct fault_record *sample)
{
	if (!sample->registers || sample->registers_are_32 || !sample->stack_copy ||
	    !sample->stack.count || copied->count == SAMPLES || copied->error == -EOPNOTSUPP)
		return false;
	return !frame_trust_has(&copied->trust, sample->stack.frames[0]) ||
	       copied->turn++ % CHECK_TURNS == 0;
}

void copied_stacks_add(struct copied_stacks *copied, const struct fault_record *sample,
		       uint64_t bytes, copied_stacks_take *take, void *context)
{
	struct copied_sample *kept = &copied->samples[copied->count];

	if (!is_to_unwind(copied, sample)) {
		copied->chained++;
		take(context, sample->address, bytes, &sample->stack);
		return;
	}
	copied->count++;
	kept->address = sample->address;
	kept->bytes = bytes;
	kept->chain = sample->stack;
	memcpy(kept->registers, sample->registers, UNWIND_REGISTER_COUNT * sizeof(uint64_t));
	kept->stack_size = sample->stack_size < STACK_BYTES ? sample->stack_size : STACK_BYTES;
	memcpy(kept->stack, sample->stack_copy, kept->stack_size);
}

bool copied_stacks_are_many(const struct copied_stacks *copied)
{
	return copied->count > SAMPLES / 2;
}

/* The better of the two; what unwinding confirms may go on beyond where it ended. */
static const struct call_stack *choose(struct copied_stacks *copied, const struct call_stack *chain,
				       const struct call_stack *unwound)
{
	if (frame_trust_learn(&copied->trust, chain, unwound) || unwound->count < 2) {
		copied->chained++;
		return chain;
	}
	copied->unwound++;
	return unwound;
}

void copied_stacks_unwind(struct copied_stacks *copied, struct stack_unwinder *unwinder,
			  const struct address_space *space, copied_stacks_take *take,
			  void *context)
{
	struct unwind_sample *samples;
	struct call_stack *stacks;

	if (!copied->count)
		return;
	samples = memory_alloc(copied->count * sizeof(*samples));
	stacks = memory_alloc(copied->count * sizeof(*stacks));
	for (size_t i = 0; i < copied->count; i++)
		samples[i] = (struct unwind_sample){.registers = copied->samples[i].registers,
						    .stack = copied->samples[i].stack,
						    .stack_size = copied->samples[i].stack_size};
	copied->error = stack_unwinder_unwind(unwinder, space, samples, copied->count, stacks);
	for (size_t i = 0; i < copied->count; i++) {
		const struct copied_sample *kept = &copied->samples[i];

		take(context, kept->address, kept->bytes,
		     copied->error ? &kept->chain : choose(copied, &kept->chain, &stacks[i]));
	}
	copied->chained += copied->error ? copied->count : 0;
	copied->count = 0;
	free(samples);
	free(stacks);
}

bool copied_stacks_are_wanted(struct copied_stacks *copied, int64_t now_ns)
{
	const uint64_t all = copied->chained + copied->unwound;

	if (!UNWIND_REGISTER_COUNT || copied->error == -ELIBACC || copied->error == -EOPNOTSUPP)
		return false;
	if (copied->again_ns ? now_ns < copied->again_ns : all - copied->judged < JUDGED)
		return !copied->again_ns;
	if (copied->again_ns)
		copied->again_ns = 0;
	else if ((copied->unwound - copied->judged_unwound) * GOOD_PARTS <= all - copied->judged)
		copied->again_ns = now_ns + SUSPEND_NS;
	copied->judged = all;
	copied->judged_unwound = copied->unwound;
	return !copied->again_ns;
}

void copied_stacks_forget(struct copied_stacks *copied)
{
	copied->count = 0;
	memset(&copied->trust, 0, sizeof(copied->trust));
}
