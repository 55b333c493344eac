/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_PLAN_H
#define RESIDENCY_SCAN_PLAN_H

/*
 * In which steps an address space is walked, and how long to rest between them: pure decisions.
 *
 * A pass begins at what the user sees, goes up to the last mapping and then from the first one up
 * to where it began. A step is bounded by its mappings and its pages, never by a range of
 * addresses: what costs are mappings and pages, and terabytes of nothing are walked in no time.
 *
 * The target cannot change its mappings while a step holds its mmap_lock. So steps are short, a
 * pause lets those who wait go first, and all steps together hold the lock for at most a share of
 * the time, which is halved while steps take much longer than their pages explain: then there are
 * others who want the lock. Times are nanoseconds, addresses and sizes bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_STEP_VMAS    ((size_t)512)
#define SCAN_STEP_PAGES   UINT64_C(16384)
#define SCAN_PAUSE_MIN_NS UINT64_C(200000)
#define SCAN_SHARE_MAX    0.02 /* of the time, that the lock is held */

/* A mapping to be walked; sorted and disjoint. */
struct scan_range {
	uint64_t start, end;
	bool anonymous; /* private and without a file: its pages are its own, or zero */
	bool hugetlb;   /* of hugetlb; */
	bool file;      /* or perhaps: it is a file's of which that is not known */
};

struct scan_step {
	uint64_t start, end;
	size_t vmas;
};

struct scan_plan {
	const struct scan_range *ranges; /* not owned */
	size_t count;
	uint64_t first;  /* where the pass began */
	uint64_t cursor; /* where it continues */
	bool wrapped;    /* the rest below first */
};

/* A new pass that begins at about the given address. */
void scan_plan_begin(struct scan_plan *plan, const struct scan_range *ranges, size_t count,
		     uint64_t visible_start);

/* Sets the next step; false when all is walked. */
bool scan_plan_next(struct scan_plan *plan, struct scan_step *ret_step);

/* The step was walked up to that address. */
void scan_plan_walked(struct scan_plan *plan, uint64_t address);

struct scan_pace {
	double share;  /* of the time, that the lock may be held */
	unsigned calm; /* steps in a row without contention */
};

void scan_pace_init(struct scan_pace *pace);

/* How long a step of that many pages and mappings takes when the lock is free. */
uint64_t scan_pace_expected(uint64_t pages, size_t vmas, uint64_t range);

/* The pause after a step that took held_ns where expected_ns were expected. */
uint64_t scan_pace_pause(struct scan_pace *pace, uint64_t held_ns, uint64_t expected_ns);

/* What one read of smaps costs the processor. */
uint64_t scan_smaps_estimate(size_t vmas, uint64_t resident);

#endif
