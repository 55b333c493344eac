/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ONCE_H
#define APP_ONCE_H

/* vastop --once: one sample, one picture or report on stdout. */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct options;
struct procfs_options;
struct source;
struct scan;

/*
 * scan finds out what of the process is in memory: scan_once() of residency/scan_thread.h, or one
 * of the same form. Where it fails, that is unknown. A process whose mappings may not be read is
 * shown as app/denied.h says. Returns the exit status; what went wrong was said.
 */
int once_run(const struct options *options, struct source *source,
	     int (*scan)(const struct procfs_options *options, int32_t pid,
			 const struct address_space *space, bool smaps, struct scan *ret_scan));

#endif
