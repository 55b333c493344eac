/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_turns.h"

void fault_turns_init(struct fault_turns *turns, uint64_t seed)
{
	*turns = (struct fault_turns){.one_in = 1, .chance = seed | 1};
}

/* Xorshift (Marsaglia). */
static unsigned choose(struct fault_turns *turns)
{
	turns->chance ^= turns->chance << 13;
	turns->chance ^= turns->chance >> 7;
	turns->chance ^= turns->chance << 17;
	return (unsigned)(turns->chance >> 32) % turns->one_in;
}

void fault_turns_adapt(struct fault_turns *turns, double share)
{
	unsigned one_in = 1;

	if (turns->turn)
		return;
	while (one_in < FAULT_TURNS_MAX && share > FAULT_TURNS_SHARE * one_in)
		one_in *= 2;
	/* Fewer only when that would hold with some room. */
	if (one_in * 2 == turns->one_in && share * 1.5 > FAULT_TURNS_SHARE * one_in)
		one_in *= 2;
	turns->one_in = one_in;
}

bool fault_turns_are_complete(const struct fault_turns *turns)
{
	return !turns->turn;
}

bool fault_turns_next(struct fault_turns *turns)
{
	if (!turns->turn)
		turns->chosen = choose(turns);
	turns->turn++;
	if (turns->turn == turns->one_in) {
		turns->turn = 0;
		return turns->chosen == turns->one_in - 1;
	}
	return turns->chosen == turns->turn - 1;
}
