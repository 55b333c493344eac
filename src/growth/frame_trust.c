/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/frame_trust.h"

#include <stddef.h>

#include "model/call_stack.h"

#define ENOUGH  4 /* times that both agreed */
#define CALLERS 8 /* that are compared */

static size_t slot_of(uint64_t address)
{
	return (size_t)(address * UINT64_C(0x9e3779b97f4a7c15) >> 54) & (FRAME_TRUST_SLOTS - 1);
}

/*
 * Whether the nearest callers are the same. Unwinding ends where there are no tables, as in code
 * that a runtime made: then as far as it goes, but for a caller at least.
 */
static bool agree(const struct call_stack *chain, const struct call_stack *unwound)
{
	uint32_t count = unwound->count < CALLERS ? unwound->count : CALLERS;

	if (unwound->count < 2 || chain->count < count)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (chain->frames[i] != unwound->frames[i])
			return false;
	return true;
}

bool frame_trust_learn(struct frame_trust *trust, const struct call_stack *chain,
		       const struct call_stack *unwound)
{
	const uint64_t address = chain->frames[0];
	const size_t slot = slot_of(address);
	const bool same = agree(chain, unwound);

	if (trust->slots[slot].address != address) {
		trust->slots[slot].address = address;
		trust->slots[slot].agreed = trust->slots[slot].differed = 0;
	}
	if (same)
		trust->slots[slot].agreed++;
	else
		trust->slots[slot].differed++;
	return same;
}

bool frame_trust_has(const struct frame_trust *trust, uint64_t address)
{
	const size_t slot = slot_of(address);

	return trust->slots[slot].address == address && !trust->slots[slot].differed &&
	       trust->slots[slot].agreed >= ENOUGH;
}
