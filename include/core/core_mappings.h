/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_MAPPINGS_H
#define CORE_CORE_MAPPINGS_H

/*
 * The mappings of a core file: its segments, cut where the files in the notes begin and end. A
 * debugger leaves out segments that it does not dump; what is known of these is their file.
 */

#include <stddef.h>

#include "base/arena.h"

struct core_image;
struct vma;

struct core_mappings {
	struct vma *vmas; /* ascending, disjoint; malloc'ed */
	size_t count;
	size_t file_count;  /* distinct files: the inodes are 1 to file_count */
	const char **names; /* of these, by inode less 1; in the arena */
	struct arena arena; /* of names that are not the image's */
};

/*
 * Fills *ret_mappings, which core_mappings_finish() frees; some of the names are the image's. A
 * file without numbers has VMA_UNNUMBERED and an inode that tells it from the others. Of mappings
 * with a file it is not known whether they are shared; those without one are private, since the
 * kernel gives shared memory a file (mm/mmap.c), where the list of files is there.
 */
void core_mappings_make(const struct core_image *image, struct core_mappings *ret_mappings);
void core_mappings_finish(struct core_mappings *mappings);

#endif
