/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_PACE_H
#define APP_PACE_H

/*
 * When news may be shown. They come in threes (a pulse, a list, what is in memory of that) and more
 * often than a terminal shows them, so that they wait for each other: they are shown 100 times a
 * second at most, and not more often than the share of a core that the program may take allows for
 * what it takes from one time to the next, but ten times a second whatever that is (the schedule of
 * samples counts it, too: sampler/schedule.h). After a rest, and at the start, some are shown at
 * once. Pure; times are nanoseconds of a clock that does not go back.
 */

#include <stdint.h>

#define PACE_LEAST_NS INT64_C(10000000)
#define PACE_MOST_NS  INT64_C(100000000)
#define PACE_REST_NS  INT64_C(300000000) /* what of a rest is made up for afterwards, at most */

/* All zeroes but the share to begin with. */
struct pace {
	double share;    /* of one core, above 0 */
	int64_t next_ns; /* when the next would be due if none were shown at once */
};

/*
 * News are shown now, maybe too early; so much processor time was taken since the last time. The
 * next ones are due PACE_MOST_NS later at most.
 */
void pace_add(struct pace *pace, int64_t now_ns, int64_t cost_ns);

/* How long no news may be shown: milliseconds, 0 when they may. */
int pace_wait(const struct pace *pace, int64_t now_ns);

#endif
