/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_TURNS_H
#define GROWTH_FAULT_TURNS_H

/*
 * Listening now and then: a fault that is only counted costs, too, and a process that does nothing
 * but fault would pay more than it should. Of every so many turns one is
 * listened to, by chance which, so that what the process does in a rhythm is met fairly; it stands
 * for all of them. Pure.
 */

#include <stdbool.h>
#include <stdint.h>

#define FAULT_TURNS_MAX   16
#define FAULT_TURNS_SHARE 0.005 /* of the process's time that counting may take */

struct fault_turns {
	unsigned one_in; /* of so many turns one is listened to; 1: all */
	/* Private: */
	unsigned turn, chosen;
	uint64_t chance; /* not 0 */
};

/* Listens to all; seed: any number. */
void fault_turns_init(struct fault_turns *turns, uint64_t seed);

/*
 * Sets one_in, from the next round of turns on, for counting that takes that share of the process's
 * time while it is listened to.
 */
void fault_turns_adapt(struct fault_turns *turns, double share);

/* Whether all turns of a round are over: what was met of it stands for the whole. */
bool fault_turns_are_complete(const struct fault_turns *turns);

/* Whether to listen in the turn that begins. */
bool fault_turns_next(struct fault_turns *turns);

#endif
