/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_PACE_H
#define GROWTH_FAULT_PACE_H

/*
 * How often to take a sample of a process's page faults: as often as it gives exact shares soon,
 * and as seldom as neither the process nor this program pays much for it. Pure.
 *
 * The periods are primes: a loop that touches pages of several functions in turn would else always
 * be caught in the same one.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "growth/fault_cost.h"

#define FAULT_PACE_SAMPLES        1000  /* a second, at the most */
#define FAULT_PACE_COPIED_SAMPLES 200   /* the same where each has a copy of the stack */
#define FAULT_PACE_SPREAD_SAMPLES 5000  /* the same where they are of many threads */
#define FAULT_PACE_SHARE          0.005 /* of the time that samples may take */
#define FAULT_PACE_CPU_SHARE      0.01  /* of the process's processor time that they may take, */
#define FAULT_PACE_CPU_FREE       1e-4  /* unless it is less than this part of the time */

/* What a process does. */
struct fault_pace_load {
	double faults_per_second;
	double cpu_ns; /* processor time a fault, on the whole; 0: not known */
	size_t events; /* that count the faults */
};

/*
 * The period for a process that does so much, which it has in one that is present (0: none is): the
 * present one stays as long as it is near enough.
 */
uint64_t fault_pace_period(const struct fault_cost *cost, bool copies,
			   const struct fault_pace_load *load, uint64_t present);

/*
 * The same where the faults are those of so many events that each would hardly have a sample: a
 * shorter period, at which samples are too many to have copies. Returns 0 where that is not so.
 */
uint64_t fault_pace_spread(const struct fault_cost *cost, const struct fault_pace_load *load,
			   uint64_t period);

/*
 * The period of one event, by chance: half to one and a half times as much, and no multiple of a
 * small number. If all had the same, threads that do the same would all be caught in the same
 * place. *chance is not 0, and changes. Small periods stay.
 */
uint64_t fault_pace_vary(uint64_t period, uint64_t *chance);

/*
 * The faults a second that samples are to be afforded for, by those before and those of the time
 * that passed since: the more, since between two bursts nothing happens, and what comes with the
 * next one would be too much. Of more before half is forgotten in a second.
 */
double fault_pace_rate(double before, double now, int64_t passed_ns);

#endif
