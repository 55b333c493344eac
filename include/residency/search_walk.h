/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SEARCH_WALK_H
#define RESIDENCY_SEARCH_WALK_H

/*
 * A search through what of a process is in memory, in steps that are bounded, with pauses between
 * them (residency/scan_plan.h): what is not in memory is passed over, and nothing is brought in.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/memory_search.h"
#include "residency/resident_memory.h"
#include "residency/scan_plan.h"

struct address_space;
struct procfs_options;

/*
 * How much of the time a search may read, without contention for the lock and with it: some 100 MB
 * a second, which a process that maps memory all the time does not notice (bench_looking).
 */
#define SEARCH_SHARE_MAX 0.03
#define SEARCH_SHARE_MIN 0.005

struct search_range {
	uint64_t start, end;
};

/* What is looked for, and where. */
struct search_request {
	int32_t pid;
	struct memory_needle needle;
	size_t most;                 /* addresses that are found at most */
	struct search_range *ranges; /* ascending, disjoint; owned */
	size_t count;
};

/*
 * The same, in the mappings of the space that may be read and touch the range from start to end
 * (UINT64_MAX: the last address is included).
 */
struct search_request search_request_of(const struct address_space *space,
					const struct memory_needle *needle, size_t most,
					uint64_t start, uint64_t end);
void search_request_finish(struct search_request *request);

struct search_walk {
	struct memory_search search; /* with what was found */
	uint64_t read;               /* bytes that were in memory and were looked through */
	uint64_t walked, all;        /* bytes of the ranges: up to where, and all of them */
	/* Private: */
	struct resident_memory memory;
	struct memory_reader reader;
	struct search_request request;
	struct scan_pace pace;
	size_t index; /* of the range, and where in it */
	uint64_t cursor;
	uint8_t *bytes, *absent;
};

/*
 * Begins; takes over the request. Returns 0, or -errno as resident_memory_open(): then there is
 * nothing to finish.
 */
int search_walk_begin(struct search_walk *walk, const struct procfs_options *options,
		      struct search_request *request, double share_max, double share_min);
void search_walk_finish(struct search_walk *walk);

/*
 * Takes one step. Returns 1, and sets *ret_pause_ns to how long to pause before the next one; 0
 * when all was looked through, or enough was found; or -errno of a read.
 */
int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns);

#endif
