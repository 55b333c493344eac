/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_SCOUT_H
#define FILES_SCOUT_H

/*
 * Looks at the files of one process for those who may not wait: what files/mapped_open.h does is
 * done on errands (files/errands.h), by a helper that may hang. What their file system does not
 * answer in time is not known. Each function but the last waits as long as errands_run() does.
 */

#include <stdbool.h>

#include "model/file_identity.h"

struct errands;
struct vma;

struct scout {
	struct errands *errands; /* NULL: this process looks itself, and waits */
	int directory;           /* /proc/PID, or a recorded tree's folder of a process */
	unsigned avoid;          /* as in kernel/avoid.h */
};

/* mapped_has_name(); false when that is not known. */
bool scout_has_name(const struct scout *scout, const struct vma *vma);

/* mapped_is_exe(); FILE_IDENTITY_NONE when that is not known. */
enum file_identity scout_is_exe(const struct scout *scout, const struct vma *vma);

/* mapped_read_traits(); none when they are not known. */
void scout_read_traits(const struct scout *scout, const struct vma *vma,
		       struct file_traits *ret_traits);

/*
 * The numbers from stat(2) of what the link exe leads to; inode 0: it leads nowhere. Below the live
 * /proc it leads to the very file, even if that has no name any more. Waits for nothing: what
 * identifies a file is never out of date, so that no server need be asked for it.
 */
struct file_numbers scout_exe_numbers(const struct scout *scout);

#endif
