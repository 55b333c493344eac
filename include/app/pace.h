/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_PACE_H
#define APP_PACE_H

/*
 * When news may be shown: 100 times a second at most, as news come in threes (a pulse, a list,
 * what is in memory of that) and a terminal shows no more. A few frames after a rest are shown at
 * once. Pure; times are nanoseconds of a clock that does not go back. All zeroes to begin with.
 */

#include <stdint.h>

#define PACE_FRAME_NS INT64_C(10000000)
#define PACE_AT_ONCE  4

struct pace {
	int64_t next_ns; /* when the next frame would be due if none were shown at once */
};

/* A frame of news is shown now. */
void pace_add(struct pace *pace, int64_t now_ns);

/* How long no news may be shown: milliseconds, 0 when they may. */
int pace_wait(const struct pace *pace, int64_t now_ns);

#endif
