/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_THREAD_H
#define RESIDENCY_SCAN_THREAD_H

/*
 * A thread that finds out what of a process is in memory without hurting it: it walks the page
 * tables in small bounded steps with pauses between, and reads smaps only when asked or, of
 * processes where that is cheap, at a slow rate. It has descriptors of its own; the sampler
 * (sampler/sampler.h) is not delayed by it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "residency/scan_once.h"

struct address_space;
struct procfs_options;
struct scan_thread;

/*
 * Starts the thread for process pid below the root of the options (options->avoid with
 * AVOID_PAGEMAP_SCAN, AVOID_PAGEMAP choose the fallbacks), which the thread opens: where that fails
 * a scan with the error is all that comes. budget is the share of a core that the program may take,
 * above 0. Returns 0 and sets *ret_thread, or -errno.
 */
int scan_thread_create(const struct procfs_options *options, int32_t pid, double budget,
		       struct scan_thread **ret_thread);
void scan_thread_destroy(struct scan_thread *thread);

/*
 * Gives the thread a new snapshot (its list is shared) and the addresses that the user sees, which
 * are scanned first, and published once they are known: a partial residency. Residency is scanned
 * again only when resident or minflt moved.
 */
void scan_thread_look_at(struct scan_thread *thread, const struct address_space *space,
			 uint64_t visible_start, uint64_t visible_end);

/* Reads smaps once, whatever it costs; estimated beforehand, in nanoseconds. */
void scan_thread_read_smaps(struct scan_thread *thread);
uint64_t scan_thread_smaps_estimate(const struct scan_thread *thread);

/* Readable when scan_thread_take() has something new. */
int scan_thread_descriptor(const struct scan_thread *thread);
bool scan_thread_take(struct scan_thread *thread, struct scan *ret_scan);

#endif
