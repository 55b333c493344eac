/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_MAPPED_OPEN_H
#define FILES_MAPPED_OPEN_H

/*
 * Finds the file behind a mapping, and says how sure it is: the one place that decides so
 * (model/file_identity.h judges). The ways to it (files/mapped_ways.h) are tried in turn. A
 * descriptor of O_PATH is looked at first, which opens nothing; only a regular file is ever opened
 * for reading, and only when, as far as can be found out, it is the mapped one.
 *
 * All but mapped_root_…() and …_at_hand() wait as long as the file system of the file does.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "files/mapped_ways.h"
#include "model/file_identity.h"

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

/*
 * The same where nothing of it waits, reading the file included, as far as its bytes are cached.
 * The identity is PROVEN. Returns -EAGAIN where mapped_find() has to be asked.
 */
int mapped_find_at_hand(struct mapped_root *root, const struct vma *vma,
			struct mapped_found *ret_found);

/* Whether the file that the VMA maps lies at its name, " (deleted)" included if it ends so. */
bool mapped_has_name(struct mapped_root *root, const struct vma *vma);

/*
 * Whether the VMA maps the executable of the process: LIKELY, PROVEN, or UNKNOWN when it does not;
 * NONE when the executable cannot be looked at.
 */
enum file_identity mapped_is_exe(struct mapped_root *root, const struct vma *vma);

/* Reads what distinguishes the VMA's file from others, as far as this process may know it. */
void mapped_read_traits(struct mapped_root *root, const struct vma *vma,
			struct file_traits *ret_traits);

/*
 * Opens for reading what mapped_find() returned, without waiting, and without leaving a time of
 * access where that is allowed. Returns a descriptor or -errno.
 */
int mapped_open(int descriptor);

#endif
