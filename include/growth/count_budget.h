/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_COUNT_BUDGET_H
#define GROWTH_COUNT_BUDGET_H

/*
 * What counting faults may take of a process's time: half a percent in the long run, and some
 * milliseconds at once. So what happens but once is listened to as a whole, as a program that
 * begins and a burst of allocations are; in turns (growth/fault_turns.h) it could be missed. Pure.
 */

#include <stdbool.h>

struct count_budget {
	double left_ns; /* that it may take at once */
	bool spent;     /* there is no more to listen all the time with */
};

/* All that it may take at once is left. */
void count_budget_init(struct count_budget *budget);

/* Takes what was paid while the process had so much processor time; both in nanoseconds. */
void count_budget_pay(struct count_budget *budget, double paid_ns, double cpu_ns);

#endif
