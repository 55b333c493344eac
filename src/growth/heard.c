/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/heard.h"

#include <stddef.h>

#include "growth/fault_events.h"
#include "growth/fault_record.h"
#include "model/address_space.h"

#define SLOWER 1.5 /* so many times at the most */

void heard_init(struct heard *heard, const struct hash_key *key,
		const struct procfs_options *options, int directory)
{
	*heard = (struct heard){.one_in = 1, .factor = 1};
	attribution_init(&heard->attribution, key);
	copied_stacks_init(&heard->copied);
	huge_pages_open(&heard->huge, options, directory);
}

void heard_finish(struct heard *heard)
{
	huge_pages_close(&heard->huge);
	attribution_finish(&heard->attribution);
	copied_stacks_finish(&heard->copied);
}

/*
 * Code without frame pointers has anything in their register: what is no address of code ends the
 * chain.
 */
static void cut_off(struct call_stack *stack, const struct address_space *space)
{
	uint32_t good = 1;

	while (good < stack->count) {
		const size_t vma =
			address_space_find(space, call_stack_lookup_address(stack, good));

		if (vma == space->vma_count || !(space->vmas[vma].perms & PERM_EXEC))
			break;
		good++;
	}
	stack->count = good;
	if (good == 1)
		stack->source = CALL_STACK_ADDRESS;
}

/* A sample with the stack that was decided on. */
static void take_stack(void *context, uint64_t address, uint64_t bytes,
		       const struct call_stack *stack)
{
	struct heard *heard = context;
	struct call_stack checked = *stack;

	if (!checked.count)
		(void)call_stack_append(&checked, 0); /* not even the instruction is known */
	if (checked.source == CALL_STACK_FRAME_POINTERS)
		cut_off(&checked, heard->space);
	attribution_take(&heard->attribution, address, &checked, bytes);
}

/*
 * The faults of the rest before that so many in the window stand for, too. As it is slower while it
 * is listened to, they are fewer than in as much time of the rest.
 */
static uint64_t take_owed(struct heard *heard, uint64_t faults)
{
	const double wanted = SLOWER * (heard->factor - 1) * (double)faults;
	const uint64_t taken =
		wanted < (double)heard->owed ? (uint64_t)(wanted + 0.5) : heard->owed;

	heard->owed -= taken;
	heard->rested += taken;
	return taken;
}

void heard_take(void *context, const struct fault_record *sample, uint64_t counted)
{
	struct heard *heard = context;
	const uint64_t listened = counted * heard->one_in;
	const uint64_t faults = listened + take_owed(heard, listened);
	const uint64_t brought = huge_pages_brought(&heard->huge, heard->space, sample->address);

	heard->samples++;
	heard->counted += counted;
	heard->faults += faults;
	heard->copies += sample->stack_copy != NULL;
	if (brought > heard->space->target.page_size)
		heard->huge_bytes += faults * brought;
	copied_stacks_add(&heard->copied, sample, faults * brought, take_stack, heard);
}

void heard_add(struct heard *heard, const struct fault_tally *tally)
{
	heard->lost += tally->lost;
	heard->began += tally->began;
	heard->wants_space |= tally->mapped || tally->exec;
	heard->exec |= tally->exec;
}

void heard_unwind(struct heard *heard, struct stack_unwinder *unwinder)
{
	copied_stacks_unwind(&heard->copied, unwinder, heard->space, take_stack, heard);
}

void heard_clear(struct heard *heard)
{
	heard->samples = heard->lost = heard->copies = 0;
	heard->counted = heard->faults = heard->rested = heard->unheard = heard->owed = 0;
	heard->huge_bytes = heard->began = 0;
}

void heard_forget(struct heard *heard, const struct hash_key *key)
{
	attribution_finish(&heard->attribution);
	attribution_init(&heard->attribution, key);
	copied_stacks_forget(&heard->copied);
	heard_clear(heard);
}
