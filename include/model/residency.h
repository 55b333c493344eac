/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_RESIDENCY_H
#define MODEL_RESIDENCY_H

/*
 * Which pages of an address space are in memory or swapped out: sorted, disjoint, merged runs, and
 * the ranges that were scanned. What was not scanned is unknown: a mapping may be newer than the
 * look, or its turn has not come yet. Immutable once made. Sums over any range cost O(log runs), so
 * that a row of the picture that stands for a terabyte costs no more than one that stands for a
 * page. Bytes, half-open ranges.
 *
 * The residency of a past moment may be blurred (model/residency_coarse.h): of some ranges only the
 * sums are known, not which of their pages they are of.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	RUN_RESIDENT = 1, /* present, and counted by smaps: as Rss (so not the zero page), or as
			   * Private_Hugetlb or Shared_Hugetlb */
	RUN_SWAPPED = 2,
	RUN_HUGE = 4, /* mapped by a huge page (PMD), only together with RUN_RESIDENT */
};

enum residency_source {
	RESIDENCY_NONE,
	RESIDENCY_PAGEMAP_SCAN,
	RESIDENCY_PAGEMAP,
	RESIDENCY_SMAPS, /* sums of mappings only: residency has no runs */
};

struct residency_run {
	uint64_t start, end;
	uint8_t flags; /* RUN_RESIDENT or RUN_SWAPPED, perhaps RUN_HUGE */
};

struct residency_range {
	uint64_t start, end;
};

struct residency_sum {
	uint64_t resident, swapped, huge; /* bytes */
};

struct residency {
	struct residency_run *runs;
	struct residency_sum *before; /* of all runs below each, count + 1 of them */
	size_t count;
	struct residency_range *covered; /* what was looked at: sorted, disjoint, not adjoining */
	size_t covered_count;
	/*
	 * Ranges of which only the sums are known: sorted, disjoint, perhaps adjoining. Their runs
	 * are somewhere in them. NULL and 0 for what was found just now.
	 */
	struct residency_range *blurred;
	size_t blurred_count;
	bool partial;    /* the look is not over: where it was not yet, all is as it was before */
	bool swap_hides; /* shared memory may be swapped, which its page tables do not show */
	enum residency_source source;
	int64_t time_ns;  /* CLOCK_REALTIME, nanoseconds, when the scan ended */
	uint64_t held_ns; /* how long the target's mmap_lock was held for it, at most */
};

/*
 * Takes count runs (malloc'ed array, owned from then on; NULL for none), sorted and disjoint (else
 * they are sorted, and what two have in common is left to the lower one), merges equal neighbours.
 * All addresses are covered. Never NULL; residency_destroy() frees it, and allows NULL.
 */
struct residency *residency_create(struct residency_run *runs, size_t count,
				   enum residency_source source, int64_t time_ns, uint64_t held_ns);
void residency_destroy(struct residency *residency);

/* The same once more; NULL of NULL. */
struct residency *residency_copy(const struct residency *residency);

/* Only these ranges (as the runs: owned from then on, sorted or not) are covered. */
void residency_cover(struct residency *residency, struct residency_range *ranges, size_t count);

/*
 * How many bytes of [start, end) are covered and known: not those of a blurred range that lies only
 * partly in it. O(log ranges), and O(1) for each covered one in between.
 */
uint64_t residency_covered(const struct residency *residency, uint64_t start, uint64_t end);

/*
 * Takes both (older may be NULL), which are not blurred, and returns what is known by them: newer,
 * and when that is partial, the older one where newer does not cover.
 */
struct residency *residency_renew(struct residency *older, struct residency *newer);

/* What of the bytes that residency_covered() counts is in memory, swapped, in huge pages. */
struct residency_sum residency_between(const struct residency *residency, uint64_t start,
				       uint64_t end);

/* Asks of many ranges, of mappings say, from below; run and covered begin as 0. */
struct residency_walk {
	const struct residency *residency;
	size_t run, covered;
};

/*
 * The residency_covered() of the range, and its residency_between(). No range begins below the end
 * of the one before. O(1) for each run and each covered range in between.
 */
uint64_t residency_walk_next(struct residency_walk *walk, uint64_t start, uint64_t end,
			     struct residency_sum *ret_sum);

/* The stable name: "none", "pagemap-scan", "pagemap", "smaps". */
const char *residency_source_name(enum residency_source source);

#endif
