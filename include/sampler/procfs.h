/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_PROCFS_H
#define SAMPLER_PROCFS_H

/*
 * A source that reads one process below a procfs root: a live procfs, of whatever PID namespace, or
 * a recorded tree of the same form, as far as its files are there. The process's directory is held
 * open, so that a reused pid is never read; below a live one a pidfd tells of its end where one is
 * sure to be of the same process (sampler/procfs_relation.h), else only a sample or a pulse does.
 * Nothing is ever written, and a file of the target's is opened only as sampler/mapped_open.h says.
 */

#include <stdint.h>

struct source;

struct procfs_options {
	const char *root; /* "/proc" */
	unsigned avoid;   /* what of the kernel is not used, as in sampler/avoid.h */
};

/*
 * A copy for a thread, which may be left behind and use it later than the options live;
 * procfs_options_finish() frees it.
 */
struct procfs_options procfs_options_copy(const struct procfs_options *options);
void procfs_options_finish(struct procfs_options *options);

/*
 * Opens process pid below the root. Returns 0 and sets *ret_source (source_destroy() frees it);
 * or -ESRCH when there is no such process, or another -errno. What can only be found by reading
 * (permission, kernel thread, zombie) is told by the first source_read().
 */
int procfs_source_create(const struct procfs_options *options, int32_t pid,
			 struct source **ret_source);

#endif
