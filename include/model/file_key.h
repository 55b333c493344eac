/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FILE_KEY_H
#define MODEL_FILE_KEY_H

/*
 * What distinguishes the mapped files of one snapshot: device and inode as in maps, and the name.
 *
 * The numbers alone do not: maps prints the device of the superblock, and in a btrfs file system
 * the files of different subvolumes, in an overlay those of different layers, can have the same
 * inode number. The name alone does not either: another file can have taken its place. One file
 * that is mapped by two names (hard links, bind mounts) counts as two.
 */

#include <stdbool.h>
#include <stdint.h>

struct vma;

/* What maps and the links of /proc put after the path of a file that no longer has this name. */
#define DELETED_SUFFIX " (deleted)"

struct file_key {
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	const char *name; /* never NULL; owned by the maker of the key */
	bool deleted;     /* the name was its name */
	uint8_t twin;     /* as of the VMA */
};

/* The key of the VMA's file; its name is the VMA's. */
struct file_key file_key_of(const struct vma *vma);

/*
 * Compares by (dev_major, dev_minor, inode, name, deleted, twin): negative, 0 or positive, as for
 * qsort().
 */
int file_key_compare(const struct file_key *a, const struct file_key *b);

#endif
