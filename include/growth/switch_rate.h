/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_SWITCH_RATE_H
#define GROWTH_SWITCH_RATE_H

/*
 * How often the threads of a process stop and run again. Each time the kernel goes through the
 * events of the thread; it does so for a thread that had one until it ends, as long as anything has
 * events (perf_event_context_sched_out() in kernel/events/core.c), so that neither disabling nor
 * closing them makes it cheaper.
 */

#include <stdbool.h>
#include <stdint.h>

struct switch_rate {
	double per_second; /* 0 as long as it is not known */
	double seen;       /* so many from the first to the last look */
	/* Private: */
	int64_t looked_ns; /* CLOCK_MONOTONIC; 0: never */
	double switches;   /* at that time; negative: unknown */
	bool known;        /* what they are a second */
};

/*
 * Looks at the process of the /proc/PID directory once more if a second has passed since it did, or
 * a tenth as long as the rate is not known. Of many threads it looks at some. A process that cannot
 * be read keeps its rate.
 */
void switch_rate_look(struct switch_rate *rate, int directory, int64_t now_ns);

/* How many there were up to now since the first look. */
double switch_rate_seen(const struct switch_rate *rate, int64_t now_ns);

#endif
