/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_MAPPED_OPEN_H
#define SAMPLER_MAPPED_OPEN_H

/*
 * Finds the file behind a mapping, and says how sure it is: the one place that decides so
 * (model/file_identity.h judges). The ways to it (sampler/mapped_ways.h) are tried in turn. A
 * descriptor of O_PATH is looked at first, which opens nothing; only a regular file is ever opened
 * for reading, and only when, as far as can be told, it is the mapped one.
 *
 * All but mapped_root_…() wait as long as the file system of the file does.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "model/file_identity.h"
#include "sampler/mapped_ways.h"

struct vma;

struct mapped_found {
	struct statx stat;           /* type, inode, device, size and time of modification */
	enum file_identity identity; /* LIKELY or PROVEN */
};

/*
 * Finds the regular file that the VMA maps. Returns a descriptor of O_PATH, which the caller
 * closes, and fills *ret_found; or -ENOENT when no way leads to it.
 */
int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found);

/* Whether the file that the VMA maps lies at its name, " (deleted)" included if it ends so. */
bool mapped_has_name(struct mapped_root *root, const struct vma *vma);

/*
 * The numbers that maps prints for the executable of the process. Returns 0 and sets *ret_numbers,
 * or -errno when its file cannot be mapped (sampler/trial_mapping.h).
 */
int mapped_exe_numbers(struct mapped_root *root, struct file_numbers *ret_numbers);

/* Opens for reading what mapped_find() returned. Returns a descriptor or -errno. */
int mapped_open(int descriptor);

#endif
