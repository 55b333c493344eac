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
 * the time, which is halved while steps have to wait for it, or take much longer than their pages
 * explain: then there are others who want the lock. Times are nanoseconds, addresses and sizes
 * bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_STEP_VMAS    ((size_t)512)
#define SCAN_STEP_PAGES   UINT64_C(16384)
#define SCAN_PAUSE_MIN_NS UINT64_C(200000)
#define SCAN_CREDIT_NS    4000000 /* held before the first pause, unless others contend */

/* How much of the time the lock is held at most, without contention and with it. */
#define SCAN_SHARE_MAX 0.02
#define SCAN_SHARE_MIN 0.0025

/* The most for the first walk of what the user has just asked for. */
#define SCAN_SHARE_FIRST_MAX 0.2

/*
 * The same for a single picture, which the user waits for, and which is soon over. Without any
 * pause those who want the lock now and then, whom no step has to wait for, would wait for
 * milliseconds.
 */
#define SCAN_SHARE_ONCE_MAX 0.7
#define SCAN_SHARE_ONCE_MIN 0.5

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

/*
 * How long steps may go on without a pause. What the share of the time gives is credit, up to
 * SCAN_CREDIT_NS: a small process is scanned in one go, a large one for its share of the time.
 * Where others contend for the lock there is none.
 */
struct scan_pace {
	double share;     /* of the time, that the lock may be held */
	double most;      /* the share without contention */
	double least;     /* the share where contention stays */
	double credit_ns; /* that it may be held yet without a pause */
	int64_t last_ns;  /* up to when the credit was given */
	unsigned calm;    /* steps in a row without contention */
};

/* With all credit, and the share between these two; now_ns is of CLOCK_MONOTONIC, also below. */
void scan_pace_init(struct scan_pace *pace, double most, double least, int64_t now_ns);

/* How long a step of that many pages and mappings takes when the lock is free. */
uint64_t scan_pace_expected(uint64_t pages, size_t vmas, uint64_t range);

/*
 * The pause, perhaps 0, after a step that took held_ns where expected_ns were expected; these are 0
 * where the step is known to have waited for the lock.
 */
uint64_t scan_pace_pause(struct scan_pace *pace, uint64_t held_ns, uint64_t expected_ns,
			 int64_t now_ns);

/*
 * What the program takes in all, in processor time: a scan waits while that is more than its share
 * of a core. But scans have a quarter of the share in any case, however much is listed and drawn.
 */
struct scan_budget {
	double share;     /* of a core, above 0 */
	double credit_ns; /* that may be taken yet, of a second; below 0: too much was taken */
	int64_t last_ns, spent_ns; /* up to when the credit was given */
};

#define SCAN_BUDGET_PART 4

/* With no credit; spent_ns is the program's processor time, of CLOCK_PROCESS_CPUTIME_ID. */
void scan_budget_init(struct scan_budget *budget, double share, int64_t now_ns, int64_t spent_ns);

/* The pause, perhaps 0, after own_ns of the scan's since the last one, which are in spent_ns. */
uint64_t scan_budget_pause(struct scan_budget *budget, uint64_t own_ns, int64_t now_ns,
			   int64_t spent_ns);

/* What one read of smaps costs the processor. */
uint64_t scan_smaps_estimate(size_t vmas, uint64_t resident);

#endif
