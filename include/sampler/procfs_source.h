/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROCFS_SOURCE_H
#define SAMPLER_PROCFS_SOURCE_H

/*
 * A source that reads one process below a procfs root: a live procfs, of whatever PID namespace, or
 * a recorded tree of the same form, as far as its files are there. The process's directory is held
 * open, so that a reused pid is never read; below a live one a pidfd signals its end where one is
 * sure to be of the same process (kernel/procfs_relation.h), else only a sample or a pulse does.
 * Nothing is ever written, and a file of the target's is opened only as files/mapped_open.h says.
 */

#include <stdint.h>

struct procfs_options;
struct source;

/*
 * Opens process pid below the root. Returns 0 and sets *ret_source (source_destroy() frees it); or
 * -ESRCH when there is no such process, or another -errno. What can only be found by reading
 * (permission, kernel thread, zombie) is reported by the first source_read().
 */
int procfs_source_create(const struct procfs_options *options, int32_t pid,
			 struct source **ret_source);

#endif
