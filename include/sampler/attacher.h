/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_ATTACHER_H
#define SAMPLER_ATTACHER_H

/*
 * A thread that opens one process and takes the first sample of it, for a caller that must not
 * wait: a procfs may answer late (the memory of the process is locked) or, where it is a recorded
 * tree, never.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct attacher;
struct procfs_options;
struct source;

/* The result; the taker owns it. */
struct attached {
	int32_t process; /* the process that the ID is of: another for a mere thread */
	int error;       /* 0, or as procfs_source_create() or source_read() return it */
	uint64_t uid; /* where that is -EACCES: whose it is, or TARGET_UNKNOWN (model/target.h) */
	struct source *source;       /* NULL: it could not be opened, or is a mere thread */
	struct address_space *first; /* NULL: there is none */
};

/*
 * Starts the thread for process pid of the options (copied). Where the source was opened already
 * (else NULL), only the sample is taken; then the source is the attacher's. Returns 0 and sets
 * *ret_attacher; or -errno, and a source stays the caller's.
 */
int attacher_create(const struct procfs_options *options, int32_t pid, struct source *source,
		    struct attacher **ret_attacher);

/* Readable when attacher_take() has something. */
int attacher_descriptor(const struct attacher *attacher);

/* Takes what came of it, once; false: nothing yet. */
bool attacher_take(struct attacher *attacher, struct attached *ret_attached);

/*
 * Frees it; NULL is allowed. A thread that is still at work is left to itself at once, and closes
 * what it opened.
 */
void attacher_destroy(struct attacher *attacher);

#endif
