/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_STATUS_PARSER_H
#define PROCFS_STATUS_PARSER_H

/*
 * Parses /proc/PID/status (proc_pid_status(5)). What the text does not say is TARGET_UNKNOWN: a
 * zombie has no sizes, an older kernel fewer lines. Sizes are in bytes.
 */

#include <stddef.h>
#include <stdint.h>

/* MAX_PID_NS_LEVEL of include/linux/pid_namespace.h and the first one. */
#define STATUS_NAMESPACES_MAX 33

struct proc_status {
	uint64_t thread_group; /* the pid of the process, for a thread as well */
	uint64_t parent;       /* 0: none that is seen in this procfs */
	uint64_t uid;          /* the effective one, whose rights it has and as ps(1) shows */
	uint64_t threads;
	uint64_t kernel_thread; /* 1 for one; since Linux 6.10 */
	uint64_t size, size_peak;
	uint64_t rss, rss_peak;
	uint64_t rss_anonymous, rss_file, rss_shared_memory;
	uint64_t swap, page_tables;
	/* How often the thread stopped running, since it waited or since another one was to run. */
	uint64_t voluntary_switches, involuntary_switches;
};

/* Never fails: a line that is not understood is passed over. */
void status_parse(const char *bytes, size_t length, struct proc_status *ret_status);

/*
 * The numbers of the process in PID namespaces ("NSpid"), from that of the procfs that was read
 * down to its own. Returns how many there are: 0 when the text does not say (before Linux 4.1).
 */
size_t status_parse_namespaces(const char *bytes, size_t length,
			       int32_t out[static STATUS_NAMESPACES_MAX]);

/* What stands behind "KEY:" and blanks, up to *ret_end; NULL when there is no such line. */
const char *status_find(const char *bytes, size_t length, const char *key, const char **ret_end);

#endif
