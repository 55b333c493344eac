/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FILE_PROBER_H
#define FILES_FILE_PROBER_H

/*
 * Looks at files (files/file_probe.h) for a caller that must not wait as long as the file system
 * behind a mapping does: errands (files/errands.h) in a thread. The newest question is answered;
 * one that was not begun is forgotten.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/file_facts.h"

struct file_prober;
struct procfs_options;
struct vma;

/* The answer, with what tells which file it is about. */
struct file_answer {
	uint64_t start, inode; /* of the mapping */
	uint32_t dev_major, dev_minor;
	struct file_facts facts; /* of size TARGET_UNKNOWN when the file cannot be had */
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and
 * sets *ret_prober, or -errno.
 */
int file_prober_create(const struct procfs_options *options, struct file_prober **ret_prober);

/* Ends it; NULL is allowed. */
void file_prober_destroy(struct file_prober *prober);

/* Asks about a mapping (copied) of process pid. */
void file_prober_ask(struct file_prober *prober, int32_t pid, const struct vma *vma,
		     uint64_t page_size);

/*
 * The same at once, without a thread. Returns as file_probe() does, or -ETIMEDOUT when the file
 * system does not answer.
 */
int file_prober_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
		      uint64_t page_size, struct file_facts *ret_facts);

/* Readable when file_prober_take() has something new. */
int file_prober_descriptor(const struct file_prober *prober);
bool file_prober_take(struct file_prober *prober, struct file_answer *ret_answer);

#endif
