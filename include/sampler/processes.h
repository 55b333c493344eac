/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROCESSES_H
#define SAMPLER_PROCESSES_H

/* The processes of this machine, as libproc2 lists them below /proc; this one is left out. */

#include <stddef.h>
#include <stdint.h>

struct pattern;
struct process_list;

/*
 * Lists all processes. Whether the maps of each may be read is found by opening them, nothing of
 * them is read. Takes some 10 ms per 100 processes, more where one of them changes its memory and
 * keeps its command line from being read. Returns 0 and sets *ret_list (process_list_destroy()
 * frees it), sorted; or -errno: -ENOENT where /proc is not a procfs.
 */
int processes_read(struct process_list **ret_list);

/*
 * Finds the processes whose name (comm) matches, ascending by pid. Stores at most capacity of
 * their pids. Returns how many there are (perhaps more than stored), or -errno.
 */
int processes_find(const struct pattern *pattern, int32_t *out, size_t capacity);

#endif
