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
#define FAULT_PACE_SHARE          0.005 /* of the process's time that samples may take */

/*
 * The period for a process that has so many faults a second, which it has in one that is present
 * (0: none is): the present one stays as long as it is near enough.
 */
uint64_t fault_pace_period(const struct fault_cost *cost, bool copies, double faults_per_second,
			   uint64_t present);

/*
 * The same where the faults are those of so many events that each would hardly have a sample: a
 * shorter period, at which samples are too many to have copies. Returns 0 where that is not so.
 */
uint64_t fault_pace_spread(const struct fault_cost *cost, size_t events, double faults_per_second,
			   uint64_t period);

#endif
