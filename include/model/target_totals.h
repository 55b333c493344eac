/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_TARGET_TOTALS_H
#define MODEL_TARGET_TOTALS_H

/*
 * What the kernel reports to every user about a process's memory, even if its mappings cannot be
 * read (proc_pid_statm(5), proc_pid_status(5)). Bytes; TARGET_UNKNOWN (model/target.h) for what it
 * does not report.
 */

#include <stdint.h>

struct target_totals {
	uint64_t size, size_peak; /* mapped, and the most that ever was */
	uint64_t rss, rss_peak;   /* resident, likewise */
	uint64_t shared;          /* of rss: pages of files and of shared memory */
	uint64_t swap;
	int64_t time_ns; /* when it was read: CLOCK_REALTIME, nanoseconds */
};

#endif
