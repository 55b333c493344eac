/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_RANGE_WALK_H
#define RESIDENCY_RANGE_WALK_H

/*
 * Finds out of which sorts the pages of a range of one mapping are (model/page_pieces.h), a step at
 * a time: with PAGEMAP_SCAN, or from the entries of pagemap. A step holds the target's mmap_lock
 * for as long as one of a scan does (residency/scan_plan.h): it is bounded by pages and regions.
 */

#include <stdbool.h>
#include <stdint.h>

#include "kernel/pagemap_scan.h"
#include "model/page_pieces.h"

struct procfs_options;

/* What is to be walked. */
struct range_place {
	int32_t pid;
	uint64_t start, end; /* start < end */
	uint64_t page_size;
	bool anonymous; /* private memory without a file */
};

struct range_walk {
	struct page_pieces pieces; /* the result, as far as it goes */
	/* Private: */
	int pagemap;
	bool entries; /* the kernel cannot scan, or is not asked to */
	uint64_t page_size;
	bool anonymous;
	struct pagemap_scan scan;
};

/*
 * Opens pagemap. Returns 0; -EACCES when it may not be read; -ENOENT when there is none, or no such
 * process, or it is avoided; -EINVAL when the range is not of whole pages; -E2BIG when only entries
 * could be read and there are too many; or another -errno.
 */
int range_walk_begin(struct range_walk *walk, const struct procfs_options *options,
		     const struct range_place *place);

/*
 * Takes a step. Returns 1, and sets *ret_expected_ns, how long it takes when the lock is free
 * (scan_pace_expected()); 0 when all is walked; or -errno.
 */
int range_walk_step(struct range_walk *walk, uint64_t *ret_expected_ns);

void range_walk_finish(struct range_walk *walk);

#endif
