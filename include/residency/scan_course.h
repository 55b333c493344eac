/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_COURSE_H
#define RESIDENCY_SCAN_COURSE_H

/*
 * What a scan thread does one after the other: what its thread alone knows, without thread and
 * lock. A walk goes first, and is begun when a snapshot has other mappings than the one before, or
 * resident or minor faults have moved; smaps is read when nothing is walked. All rest as one pace
 * and, when a memory was walked for the first time, the program's budget say
 * (residency/scan_plan.h).
 *
 * smaps is read when it was asked for; and by itself when something has moved, five seconds after
 * the last time, or later where it takes more than a quarter of the budget, if one read is
 * estimated to cost less than the share of five seconds that the lock may be held.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "residency/scan_scope.h"
#include "residency/scan_once.h"
#include "residency/scan_plan.h"
#include "residency/scan_smaps.h"
#include "residency/scan_target.h"
#include "residency/scan_walk.h"

struct scan_course {
	struct scan found; /* what is new, to be taken (owned) */
	bool has_found;
	bool gone;         /* the process has ended: nothing more to come */
	uint64_t estimate; /* of reading smaps, nanoseconds */
	/* Private: */
	struct scan_target target;
	unsigned avoid;
	bool has_nodes; /* the machine has several nodes: numa_maps is read with smaps */
	struct scan_pace pace;
	struct scan_budget budget;
	int64_t own_ns; /* processor time of the thread up to the last rest */
	bool told;      /* a walk of this memory came to its end: the budget counts from then on */
	struct scan_scope look; /* of the walk, also of the last one */
	struct scan_image seen; /* when it began */
	struct scan_walk walk;
	struct scan_smaps smaps;
	struct usage_ranges *known; /* the smaps that corrects walks (owned), or NULL */
	bool walks, reads;          /* there is a walk, a reading of smaps */
	bool any;                   /* a walk is complete, or smaps is all there is */
	bool only_smaps;            /* there is no pagemap */
	bool smaps_wanted;          /* it shall be read next */
	bool moved;                 /* since smaps was read */
	bool needs_smaps;           /* walks are right only with it */
	bool seen_told;             /* what the user sees of this walk was published */
	int64_t told_time;          /* when something of this walk was published, or it began */
	int64_t smaps_time;         /* when the last reading ended; 0: never */
	int64_t window;             /* begin of the time that held counts for */
	uint64_t held;
	double held_share;
	int last_error;
};

/*
 * By the thread that takes the steps, whose processor time counts from then on. budget is the share
 * of a core that the program may take, above 0. Returns 0; -ESRCH when there is no such process, or
 * another -errno: nothing is to be freed.
 */
int scan_course_init(struct scan_course *course, const struct procfs_options *options, int32_t pid,
		     double budget);
void scan_course_finish(struct scan_course *course);

/* Whether a step without anything new does nothing. */
bool scan_course_is_idle(const struct scan_course *course);

/*
 * Takes a new snapshot (NULL: none; while course->walks only one of another memory, which ends the
 * walk) into account, and that smaps is asked for, and takes one step. What it needs of the look it
 * takes out of it. Returns how long to rest, nanoseconds.
 */
uint64_t scan_course_step(struct scan_course *course, struct scan_scope *look, bool asked);

/* Whether the snapshot is of another memory than the one that is walked, or was last. */
bool scan_course_is_other(const struct scan_course *course, const struct scan_scope *look);

/* Puts what is newer in the place of what was; empties newer. */
void scan_merge(struct scan *scan, struct scan *newer);

#endif
