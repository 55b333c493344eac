/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_pace.h"

#include <stddef.h>

#define SECOND_NS      1e9
#define SPREAD_SECONDS 2 /* in which each event should have a sample */

static const uint64_t periods[] = {1,   3,    7,    17,   37,    79,    167,   353,
				   739, 1553, 3259, 6841, 14369, 30181, 63391, 133117};

enum { COUNT = sizeof(periods) / sizeof(periods[0]) };

/* The samples a second that are affordable. */
static double most_samples(const struct fault_cost *cost, bool copies)
{
	const double most = copies ? FAULT_PACE_COPIED_SAMPLES : FAULT_PACE_SAMPLES;
	const double ns = copies ? cost->copy_ns : cost->sample_ns;

	return ns * most > FAULT_PACE_SHARE * SECOND_NS ? FAULT_PACE_SHARE * SECOND_NS / ns : most;
}

static size_t index_of(uint64_t period)
{
	size_t i = 0;

	while (i < COUNT - 1 && periods[i] < period)
		i++;
	return i;
}

uint64_t fault_pace_period(const struct fault_cost *cost, bool copies, double faults_per_second,
			   uint64_t present)
{
	const double wanted = faults_per_second / most_samples(cost, copies);
	size_t i = 0;

	while (i < COUNT - 1 && (double)periods[i] < wanted)
		i++;
	/* Down by one step only when it would hold for a rate that is half as much again. */
	if (present && i < index_of(present) && (double)periods[i] < wanted * 1.5)
		i++;
	return periods[i];
}

uint64_t fault_pace_spread(const struct fault_cost *cost, size_t events, double faults_per_second,
			   uint64_t period)
{
	const double of_event = events ? faults_per_second / (double)events : 0;
	const double most =
		cost->sample_ns * FAULT_PACE_SPREAD_SAMPLES > FAULT_PACE_SHARE * SECOND_NS
			? FAULT_PACE_SHARE * SECOND_NS / cost->sample_ns
			: FAULT_PACE_SPREAD_SAMPLES;
	size_t i = 0;

	if ((double)period <= of_event * SPREAD_SECONDS)
		return 0;
	while (i < COUNT - 1 && (double)periods[i] < faults_per_second / most)
		i++;
	return periods[i] < period ? periods[i] : 0;
}
