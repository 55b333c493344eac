/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_MAPPED_WAYS_H
#define FILES_MAPPED_WAYS_H

/*
 * The ways to a file that a process maps. What they lead to may be another file: judge it.
 *
 * maps prints a path as seen from the root of the process that reads maps (d_path() of the kernel),
 * not from the target's. So a path of the same mount namespace is one of ours, also that of a
 * target that is confined by chroot(2); one of another namespace begins at that namespace's root,
 * which mostly is the target's, or holds it.
 */

#include <stdbool.h>

#include "base/text.h"

struct statx;
struct vma;

/* In the order in which they are tried. */
enum mapped_way {
	MAPPED_WAY_OURS,   /* the path from our root, in the target's mount namespace */
	MAPPED_WAY_INSIDE, /* the path less that of the target's root, from there */
	MAPPED_WAY_ROOT,   /* the path from the target's root */
	MAPPED_WAY_ABROAD, /* the path from our root, in another mount namespace */
	MAPPED_WAY_LINK,   /* map_files: the kernel's own; for privileged readers */
	MAPPED_WAY_EXE,    /* the exe link */
	MAPPED_WAY_COUNT,
};

/* One process as files are found through it; what it opens, it opens when first needed. */
struct mapped_root {
	int directory;  /* /proc/PID, or a recorded tree's folder of a process; the caller's */
	unsigned avoid; /* as in kernel/avoid.h */
	/* Private: */
	bool looked;
	bool live;       /* the directory is the kernel's */
	bool one_place;  /* the roots are one */
	bool has_device; /* of our root: */
	unsigned dev_major, dev_minor;
	bool links_refused; /* map_files leads nowhere */
	bool ways_of_path[MAPPED_WAY_COUNT];
	int target, ours;   /* the roots; negative: cannot be had */
	int maps;           /* negative: not opened, or cannot be */
	struct text inside; /* the path of the target's root */
};

void mapped_root_init(struct mapped_root *root, int directory, unsigned avoid);
void mapped_root_finish(struct mapped_root *root);

/* Whether the directory is the running kernel's, so that links and numbers are of now. */
bool mapped_root_is_live(struct mapped_root *root);

/*
 * Opens what lies at the end of the way. path is the mapping's, raw; NULL allows only the ways that
 * need none. Returns a descriptor of O_PATH, which the caller closes, or -errno. May look up paths
 * in the file system of the file, and waits as long as that does.
 */
int mapped_way_open(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		    const char *path);

/*
 * The same of the ways that can be gone without waiting: OURS, where our root is the target's, too,
 * and only as far as the kernel has the path in its cache; and LINK, which needs no look-up. The
 * path is the mapping's; that of a deleted file leads to another one, and is not gone. Returns a
 * descriptor of O_PATH, which the caller closes, or -errno.
 */
int mapped_way_open_at_hand(struct mapped_root *root, enum mapped_way way, const struct vma *vma);

/*
 * Whether the file lies in the file system of our root: this program's own path begins there, so
 * one that does not answer would stop it anyway. False before anything was opened.
 */
bool mapped_root_holds(const struct mapped_root *root, const struct statx *file);

/*
 * Opens a path from one of the roots: the target's, or that of this process. Symbolic links are
 * followed, in the target's root below it. Returns a descriptor of O_PATH, which the caller closes,
 * or -errno; -ENOENT for the target's root where both are one place.
 */
int mapped_root_open(struct mapped_root *root, bool targets, const char *path);

/*
 * The same from the target's root, be it this process's, too; what the path itself leads to is not
 * followed if it is a link.
 */
int mapped_root_open_inside(struct mapped_root *root, const char *path);

/*
 * Appends the path of the mapping as the kernel's link gives it, " (deleted)" included. Returns
 * whether it did. Waits for nothing.
 */
bool mapped_ways_read_path(const struct mapped_root *root, const struct vma *vma,
			   struct text *path);

/* Likewise for the executable. */
bool mapped_ways_read_exe(const struct mapped_root *root, struct text *path);

/* The target's maps, open for reading; negative when it cannot be had. */
int mapped_ways_maps(struct mapped_root *root);

#endif
