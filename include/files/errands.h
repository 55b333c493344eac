/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ERRANDS_H
#define FILES_ERRANDS_H

/*
 * Errands: calls that look at files which may lie in a file system that hangs. Helpers
 * (files/helper.h) run them, and the caller waits for the results for a bounded time.
 *
 * One helper serves one file system at a time, by the device number in maps. When it has been
 * silent for a moment another one begins with the next file system, so that several that hang cost
 * one patience and not one each. A call that takes longer than the patience (while its helper is
 * blocked, not merely in want of a processor) makes its file system a stalled one: the helper is
 * killed, and all errands to that file system are stalled. It is tried again after a pause, without
 * a caller that waits; the pause doubles up to a bound. A helper that cannot be killed is left
 * behind: its file system is tried again once it is gone. There are at most ERRANDS_HELPERS at any
 * time.
 *
 * An errand belongs to its maker, who reads its state and drops it. Times are nanoseconds of
 * CLOCK_MONOTONIC. Used by one thread at a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "files/errand_system.h"
#include "files/helper.h"

#define ERRANDS_HELPERS 8

struct errands_plan {
	int64_t handover; /* of silence, after which the next file system gets another helper */
	int64_t patience; /* for one call */
	int64_t limit;    /* for all that is waited for in one errands_run() */
	int64_t pause_min, pause_max; /* before a stalled file system is tried again */
};

struct errand_helper {
	struct helper helper; /* of pid 0: there is none */
	bool killed;          /* and not gone yet */
	bool busy;            /* serves a file system */
	bool given;           /* it has the directory of this run */
	int64_t heard;        /* when it began or last replied */
	unsigned grants;      /* times that its patience was renewed, for want of a processor */
};

/* All private. */
struct errands {
	struct errands_plan plan;
	struct errand_system *systems;
	size_t system_count, system_capacity;
	struct errand_helper helpers[ERRANDS_HELPERS];
};

/* With the usual plan. */
void errands_init(struct errands *errands);

/* Ends the helpers that are idle, without waiting for that. Others start when needed. */
void errands_dismiss(struct errands *errands);

/* Kills the helpers, and waits for none that is stuck. What was still open has failed. */
void errands_finish(struct errands *errands);

/*
 * Makes an errand to the file system of that device; the request's bytes are copied. A suspect is
 * asked about after all others of its file system. The caller drops it (files/errand.h).
 */
struct errand *errand_create(struct errands *errands, uint32_t dev_major, uint32_t dev_minor,
			     helper_call call, const struct text *request, bool suspect);

/* Hands out what waits, as far as that can be done without waiting; the rest is for the next run.
 */
void errands_begin(struct errands *errands, int directory);

/*
 * Hands out what waits, takes replies, and waits for what is not of a stalled file system, up to
 * the plan's limit. What is neither done nor given up then stays, for the next run. directory goes
 * with the calls that are asked for in this run; -1 for none.
 */
void errands_run(struct errands *errands, int directory);

/* Leaves no zombie of a helper that has ended; to be called now and then. */
void errands_tidy(struct errands *errands);

/* Whether errands are open, or a stalled file system may be tried again by now. */
bool errands_are_due(struct errands *errands);

#endif
