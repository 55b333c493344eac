/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_SMAPS_H
#define RESIDENCY_SCAN_SMAPS_H

/*
 * Reads smaps in steps. The kernel holds the target's mmap_lock for each read(2), of at most a page
 * of text, and walks the page tables of the mappings that it writes about: what takes long is one
 * that has much memory, and that cannot be bounded. On a machine with several nodes numa_maps
 * follows, which costs about as much again.
 */

#include <stdbool.h>
#include <stdint.h>

#include "procfs/numa_parser.h"
#include "procfs/smaps_parser.h"

struct scan_target;

struct scan_smaps {
	struct smaps_parser parser; /* the result */
	struct numa_parser nodes;   /* empty where they are not asked for, or not reported */
	int64_t time_ns;            /* CLOCK_REALTIME, when it was complete */
	uint64_t held_ns, cost_ns;
	/* Private: */
	uint64_t taken;       /* bytes of smaps */
	int file, nodes_file; /* -1: none, or all is read */
};

/* Opens it; with nodes, numa_maps too, if there is one. Returns 0; -EACCES when it may not be read,
 * -ENOENT, or another -errno. */
int scan_smaps_begin(struct scan_smaps *smaps, const struct scan_target *target, bool nodes);

/* Whether the machine has several nodes with memory. */
bool scan_smaps_has_nodes(void);

/*
 * Reads on, about 0.1 ms where that is possible. Returns 1, and sets *ret_held_ns, how long the
 * lock was held at most; 0 at the end; -EBADMSG, or another -errno of read(2).
 */
int scan_smaps_step(struct scan_smaps *smaps, uint64_t *ret_held_ns);

void scan_smaps_finish(struct scan_smaps *smaps);

#endif
