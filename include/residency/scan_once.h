/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_ONCE_H
#define RESIDENCY_SCAN_ONCE_H

/*
 * What a scan finds, and a scan without a thread, for one picture: the whole process, now, in
 * the same bounded steps as a scan thread takes (residency/scan_thread.h), but with shorter pauses,
 * above all where nothing else wants the target's mmap_lock.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct procfs_options;
struct residency;
struct usage_node;
struct usage_ranges;

/* What was found; the taker owns it. */
struct scan {
	struct residency *residency; /* NULL: nothing new, or not to be known; may be partial, then
				      * what was known before continues (residency_renew()) */
	struct usage_ranges *smaps;  /* NULL: nothing new */
	int64_t smaps_ns;
	struct usage_node *nodes; /* read with smaps; NULL: not known, or of one node only */
	size_t node_count;
	int error;         /* 0; -EACCES: may not be read; -ESRCH: ended */
	uint64_t cost_ns;  /* processor time of the last pass */
	double held_share; /* of wall time that the target's mmap_lock was held lately, 0 to 1 */
};

/*
 * Scans process pid, whose snapshot is given; with smaps when asked for, or where there is no
 * pagemap and it is the only source. What is not to be known is NULL. Returns 0 and fills
 * *ret_scan; -EACCES: may not be read; -ESRCH: has ended, or runs another program by now; or
 * another -errno.
 */
int scan_once(const struct procfs_options *options, int32_t pid, const struct address_space *space,
	      bool smaps, struct scan *ret_scan);

/* Frees what a scan holds. */
void scan_finish(struct scan *scan);

#endif
