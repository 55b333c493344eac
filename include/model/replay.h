/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_REPLAY_H
#define MODEL_REPLAY_H

/* How a recording is played, and where in it one wants to be. */

#include <stdbool.h>
#include <stdint.h>

enum replay_wish_type {
	REPLAY_NOTHING,
	REPLAY_NEXT,     /* the next sample, */
	REPLAY_PREVIOUS, /* or the one before */
	REPLAY_NEXT_EVENT,
	REPLAY_PREVIOUS_EVENT,
	REPLAY_NEXT_CHANGE, /* the next event in the range */
	REPLAY_PREVIOUS_CHANGE,
	REPLAY_TIME, /* the sample of the time */
	REPLAY_LIFE, /* when what is in the range appeared, and when it was largest */
};

struct replay_wish {
	enum replay_wish_type type;
	uint64_t start, end; /* the range: that of a mapping */
	int64_t from_ns;     /* the time of the sample from which on: CLOCK_REALTIME */
	int64_t time_ns;
};

#define REPLAY_SPEED_MAX 1000

struct replay_state {
	bool held;                /* it stays at the sample until there is a wish */
	unsigned speed;           /* 1: sample by sample; else so many times as fast as it was */
	int64_t sample;           /* the one that was read last */
	int64_t first, last;      /* those that there are */
	int64_t start_ns, end_ns; /* their times: CLOCK_REALTIME */
};

#endif
