/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_COST_H
#define GROWTH_FAULT_COST_H

/*
 * What listening costs the process that is listened to, by what it costs on this machine: measured
 * in this thread, which touches some pages of its own without an event, with one that only counts,
 * and with one that samples each fault; and in another one, which stops and runs again without an
 * event, with one, and after that.
 */

#include <stdint.h>

struct fault_cost {
	double count_ns;  /* more for each fault that is counted */
	double sample_ns; /* more for each that is sampled */
	double copy_ns;   /* the same with a copy of registers and stack */
	double switch_ns; /* more for each time that a thread with an event stops and runs again */
	double closed_ns; /* the same when its event was closed just before */
};

/* What a process did while it was listened to. */
struct fault_dues {
	double faults;          /* that were counted */
	double samples;         /* without copies */
	double copied_samples;  /* of registers and stack */
	double switches;        /* of its threads */
	double closed_switches; /* in the second after its events were closed */
};

/* Measures; takes some milliseconds. Where the kernel gives no event, the cost of a usual machine.
 */
void fault_cost_measure(struct fault_cost *ret_cost);

/*
 * The share of its processor time that a process spent for so much while it ran for cpu_ns;
 * negative when it did not run: not known.
 */
double fault_cost_slowdown(const struct fault_cost *cost, const struct fault_dues *dues,
			   double cpu_ns);

#endif
