/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_PACE_H
#define GROWTH_HEARING_PACE_H

/*
 * How a process is listened to, by what it does: of how many faults a sample is taken, whether
 * stacks are copied, and of how many turns one is listened to.
 */

#include <stddef.h>

struct fault_plan;
struct hearing;

/* Sets the period of the plan, and whether it copies, for so many faults a second of so many
 * events. */
void hearing_pace_choose(const struct hearing *hearing, double rate, size_t events,
			 struct fault_plan *plan);

/*
 * Judges all of it once more by the faults that the kernel counts: samples tell nothing of threads
 * that have had fewer than one takes. Returns 0, or as fault_events_change().
 */
int hearing_pace_adapt(struct hearing *hearing);

#endif
