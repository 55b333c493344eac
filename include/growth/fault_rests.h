/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_RESTS_H
#define GROWTH_FAULT_RESTS_H

/*
 * When a process is not listened to at all. Wherever one of its threads stops and runs again, the
 * kernel goes through the events of that thread, and so it costs a server that waits at each
 * request several per cent. Closing the events saves most of that at once and the rest a second
 * after the last one was closed (perf_sched_delayed in kernel/events/core.c). So, once that has
 * cost some milliseconds, windows in which it is listened to and longer rests follow one another.
 * Pure; times are those of one clock that never goes back, in nanoseconds.
 */

#include <stdbool.h>
#include <stdint.h>

#define FAULT_RESTS_SHARE    0.003 /* of the process's time that its switches may cost, */
#define FAULT_RESTS_FREE     0.001 /* unless it is less than this part of the time that passes */
#define FAULT_RESTS_FIRST_NS INT64_C(1000000000)  /* the first window */
#define FAULT_RESTS_MOST_NS  INT64_C(15000000000) /* the longest rest */

/* What a process does, as parts of the time that passes. */
struct fault_rests_load {
	double open;   /* what switches cost it while there are events */
	double closed; /* what they cost it when all were closed less than a second ago */
	double cpu;    /* how much it runs */
};

struct fault_rests {
	bool resting;
	int64_t until_ns;           /* when the window or the rest ends, at the earliest */
	int64_t since_ns;           /* when it began */
	int64_t window_ns, rest_ns; /* how long they are to be; no rest: 0 */
	double left_ns; /* of the process's time that switches may take before there is a rest */
	/* Private: all before since_ns. */
	int64_t listened_ns; /* in windows */
	int64_t closed_ns;   /* in the first second of rests */
};

/* All that switches may take at once is left; fault_rests_clear() begins the first window. */
void fault_rests_init(struct fault_rests *rests);

/* Counts from now on: a window begins, or the rest that there is ends now. */
void fault_rests_clear(struct fault_rests *rests, int64_t now_ns);

/*
 * The rest that has to follow a window of that length, so that both are whole seconds together; 0:
 * none has to.
 */
int64_t fault_rests_length(const struct fault_rests_load *load, int64_t window_ns);

/* Takes what the window or the rest that is over cost by that load, and gives what it might have.
 */
void fault_rests_pay(struct fault_rests *rests, const struct fault_rests_load *load,
		     int64_t now_ns);

/* The window is over; a rest of that length follows, or, if 0, another window of that length. */
void fault_rests_begin(struct fault_rests *rests, int64_t now_ns, int64_t window_ns,
		       int64_t rest_ns);

/* The rest is over; a window follows. */
void fault_rests_end(struct fault_rests *rests, int64_t now_ns);

/* How many times as much as in a window there was of it and the rest before; at least 1. */
double fault_rests_factor(const struct fault_rests *rests);

/* How long it was listened to. */
int64_t fault_rests_listened(const struct fault_rests *rests, int64_t now_ns);

/* How long switches cost what they cost when all events have just been closed. */
int64_t fault_rests_closed(const struct fault_rests *rests, int64_t now_ns);

#endif
