/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_pace.h"

#include <stddef.h>

#define SECOND_NS      1e9
#define SPREAD_SECONDS 2   /* in which each event should have a sample */
#define VARIED_MIN     16  /* what is met so often is met everywhere */
#define HALF_NS        1e9 /* in which half of a rate is forgotten */

static const uint64_t periods[] = {1,   3,    7,    17,   37,    79,    167,   353,
				   739, 1553, 3259, 6841, 14369, 30181, 63391, 133117};

enum { COUNT = sizeof(periods) / sizeof(periods[0]) };

/*
 * The period by which not more than so many samples a second are taken, each of which costs that
 * much, and neither of the time nor of the process's processor time more than is allowed.
 */
static double least_period(const struct fault_pace_load *load, double most, double ns)
{
	const double rate = load->faults_per_second;
	double of_cpu = 0;

	if (ns * most > FAULT_PACE_SHARE * SECOND_NS)
		most = FAULT_PACE_SHARE * SECOND_NS / ns;
	if (load->cpu_ns > 0)
		of_cpu = ns / (FAULT_PACE_CPU_SHARE * load->cpu_ns);
	if (of_cpu > rate * ns / (FAULT_PACE_CPU_FREE * SECOND_NS))
		of_cpu = rate * ns / (FAULT_PACE_CPU_FREE * SECOND_NS);
	return of_cpu > rate / most ? of_cpu : rate / most;
}

static size_t index_of(uint64_t period)
{
	size_t i = 0;

	while (i < COUNT - 1 && periods[i] < period)
		i++;
	return i;
}

uint64_t fault_pace_period(const struct fault_cost *cost, bool copies,
			   const struct fault_pace_load *load, uint64_t present)
{
	const double wanted = copies ? least_period(load, FAULT_PACE_COPIED_SAMPLES, cost->copy_ns)
				     : least_period(load, FAULT_PACE_SAMPLES, cost->sample_ns);
	size_t i = 0;

	while (i < COUNT - 1 && (double)periods[i] < wanted)
		i++;
	/* Down by one step only when it would hold for a rate that is half as much again. */
	if (present && i < index_of(present) && (double)periods[i] < wanted * 1.5)
		i++;
	return periods[i];
}

uint64_t fault_pace_spread(const struct fault_cost *cost, const struct fault_pace_load *load,
			   uint64_t period)
{
	const double wanted = least_period(load, FAULT_PACE_SPREAD_SAMPLES, cost->sample_ns);
	const double of_event = load->events ? load->faults_per_second / (double)load->events : 0;
	size_t i = 0;

	if ((double)period <= of_event * SPREAD_SECONDS)
		return 0;
	while (i < COUNT - 1 && (double)periods[i] < wanted)
		i++;
	return periods[i] < period ? periods[i] : 0;
}

/* Whether loops of so many pages as loops have would be met in few places. */
static bool is_smooth(uint64_t number)
{
	static const uint8_t primes[] = {2, 3, 5, 7, 11, 13};

	for (size_t i = 0; i < sizeof(primes); i++)
		if (number % primes[i] == 0)
			return true;
	return false;
}

uint64_t fault_pace_vary(uint64_t period, uint64_t *chance)
{
	uint64_t varied;

	if (period < VARIED_MIN)
		return period;
	/* Xorshift (Marsaglia). */
	*chance ^= *chance << 13;
	*chance ^= *chance >> 7;
	*chance ^= *chance << 17;
	varied = period / 2 + (*chance >> 32) % period + 1;
	while (is_smooth(varied))
		varied++;
	return varied;
}

double fault_pace_rate(double before, double now, int64_t passed_ns)
{
	before /= 1 + (double)passed_ns / HALF_NS;
	return now > before ? now : before;
}
