/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_SWITCH_RATE_H
#define GROWTH_SWITCH_RATE_H

/*
 * How often the threads of a process stop and run again: each time the kernel takes the events of
 * the thread off the processor and puts them on again, which costs as much as some faults.
 */

#include <stdbool.h>
#include <stdint.h>

struct switch_rate {
	double per_second; /* 0 as long as it is not known */
	double listened;   /* so many since it began, as far as it was listened to */
	/* Private: */
	int64_t looked_ns; /* CLOCK_MONOTONIC; 0: never */
	double switches;   /* at that time; negative: unknown */
	bool known;        /* what they are a second */
};

/*
 * Looks at the process of the /proc/PID directory once more if a second has passed since it did,
 * or a tenth as long as the rate is not known; of the time since then one part in one_in was
 * listened to. Of many threads it looks at some. A process that cannot be read keeps its rate.
 */
void switch_rate_look(struct switch_rate *rate, int directory, int64_t now_ns, unsigned one_in);

/* How many were listened to up to now, when of the time since the last look one_in is true. */
double switch_rate_listened(const struct switch_rate *rate, int64_t now_ns, unsigned one_in);

#endif
