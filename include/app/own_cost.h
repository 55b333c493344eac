/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OWN_COST_H
#define APP_OWN_COST_H

/* The processor time that vastop itself uses, over the last seconds. All zeroes to begin with. */

#include <stdbool.h>
#include <stdint.h>

struct own_cost {
	int64_t time_ns, cpu_ns; /* when it was measured last, and what was used until then */
	double share;            /* of one core, between the last two measurements */
	bool known;
};

/*
 * Measures when the last time is some seconds ago; now_ns is CLOCK_MONOTONIC. Returns whether the
 * share is known; the work of starting does not count.
 */
bool own_cost_measure(struct own_cost *cost, int64_t now_ns);

/* The same with the processor time used so far given. Pure. */
bool own_cost_add(struct own_cost *cost, int64_t now_ns, int64_t cpu_ns);

#endif
