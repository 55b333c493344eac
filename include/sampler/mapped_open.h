/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_MAPPED_OPEN_H
#define SAMPLER_MAPPED_OPEN_H

/*
 * Finds the file behind a mapping: by its path below the target's own root, by the exe link, or
 * by map_files. A descriptor of O_PATH is looked at first, which opens nothing; only the regular
 * file that is mapped is ever opened for reading.
 */

#include <sys/stat.h>

struct vma;

/* The folders of one process that files are found through, opened when first needed. */
struct mapped_root {
	int directory;  /* /proc/PID; the caller's */
	int descriptor; /* its root; -1 not opened, or negative errno */
};

void mapped_root_init(struct mapped_root *root, int directory);
void mapped_root_finish(struct mapped_root *root);

/*
 * Finds the regular file that the VMA maps. Returns a descriptor of O_PATH, which the caller
 * closes, and fills *ret_stat; or -ENOENT when no way leads to it.
 */
int mapped_find(struct mapped_root *root, const struct vma *vma, struct stat *ret_stat);

/* Opens for reading what mapped_find() returned. Returns a descriptor or -errno. */
int mapped_open(int descriptor);

#endif
