/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_TWINS_H
#define FILES_TWINS_H

/*
 * Tells mapped files apart that have the same numbers and the same name in maps: of a btrfs
 * subvolume that was deleted (which maps does not show) or mounted over, and of the one that took
 * its place. Only programs and libraries that are mapped at more places than one are looked at. All
 * zeroes is a valid, empty object.
 */

#include <stddef.h>
#include <stdint.h>

struct scout;
struct vma;

struct twin_mark {
	uint64_t start; /* of a VMA */
	uint8_t twin;   /* not 0 */
};

struct twins {
	struct twin_mark *marks; /* ascending */
	size_t count, capacity;
};

/*
 * Finds the twins among count VMAs, sorted, and sets twin of each. What is asked of the kernel
 * waits as long as the file systems of the files do.
 */
void twins_find(struct twins *twins, const struct scout *scout, struct vma *vmas, size_t count);

/* Sets twin of the same VMAs, listed again. */
void twins_mark(const struct twins *twins, struct vma *vmas, size_t count);

void twins_finish(struct twins *twins);

#endif
