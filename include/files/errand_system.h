/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ERRAND_SYSTEM_H
#define FILES_ERRAND_SYSTEM_H

/*
 * The errands (files/errand.h) to one file system, and whether it answers; for files/errands.c
 * alone. Each errand is in one of three queues: asked (a helper has it), waiting, or suspects
 * (waiting, to be asked after all others because the file system stalled in it before).
 *
 * A file system is stalled from a call that was not answered in time until one is answered. It is
 * tried again after a pause, which doubles with each failure. Times are nanoseconds of
 * CLOCK_MONOTONIC.
 */

#include <stdbool.h>
#include <stdint.h>

#include "files/errand.h"

#define ERRAND_NO_HELPER (-1)

struct errand_system {
	uint32_t dev_major, dev_minor;
	struct errand_queue waiting, suspects, asked;
	bool stalled;         /* since the last try */
	int64_t again, pause; /* while stalled: when to try again, and the pause before that */
	int helper;           /* index of the one that serves it or hangs in it */
};

/* Puts an errand that is not asked yet into its queue. */
void errand_system_add(struct errand_system *system, struct errand *errand);

/* All errands get this last state, and the queues are empty then. */
void errand_system_settle(struct errand_system *system, enum errand_state state);

/* What was asked waits again, in the same order, before what waits already. */
void errand_system_take_back(struct errand_system *system);

/*
 * The first errand that was asked is not answered in time: all are stalled, and it is a suspect.
 * The pause is at least pause_min and at most pause_max.
 */
void errand_system_stall(struct errand_system *system, int64_t now, int64_t pause_min,
			 int64_t pause_max);

/* The first errand that was asked has a reply, whose bytes are taken over. */
void errand_system_reply(struct errand_system *system, struct text reply);

/* Whether errands may be added: never while a helper hangs in it, else after the pause. */
bool errand_system_may_ask(const struct errand_system *system, int64_t now);

/* Whether errands are to be asked; and whether any are asked or to be asked. */
bool errand_system_has_waiting(const struct errand_system *system);
bool errand_system_is_open(const struct errand_system *system);

#endif
