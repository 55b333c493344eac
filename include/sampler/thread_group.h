/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_THREAD_GROUP_H
#define SAMPLER_THREAD_GROUP_H

/* The ID of a thread opens below a procfs root as a process would: which process it belongs to. */

#include <stdint.h>

struct procfs_options;

/*
 * The process that thread tid belongs to (Tgid of status); in a recorded tree only if that is
 * there. Returns 0 and sets *ret_pid, equal to tid for a process; or -ESRCH, or another -errno.
 */
int thread_group_find(const struct procfs_options *options, int32_t tid, int32_t *ret_pid);

#endif
