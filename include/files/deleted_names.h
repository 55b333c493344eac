/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_DELETED_NAMES_H
#define FILES_DELETED_NAMES_H

/*
 * The kernel marks a mapping whose file was deleted by " (deleted)" after its path; but a file may
 * be called so. The two are distinguished by looking for a file of the whole name.
 */

#include <stddef.h>

#include "model/vma.h"
#include "procfs/name_pool.h"

struct scout;
struct deleted_name;

/* What was decided at the last sample, in its order. All zeroes is a valid, empty object. */
struct deleted_names {
	struct deleted_name *known, *former;
	size_t count, capacity, former_count, former_capacity;
	unsigned samples;
};

/*
 * Sets deleted of the VMAs whose file has no name any more and takes the suffix off their names;
 * the shorter names live in the pool. A file of the whole name is looked for as
 * files/mapped_open.h says; waits as long as its file system does. As long as file and name stay
 * the decision holds: what is deleted stays so, and a real name gets another suffix. It is checked
 * now and then all the same.
 */
void deleted_names_resolve(struct deleted_names *deleted, struct vma *vmas, size_t count,
			   const struct scout *scout, struct name_pool *names);

void deleted_names_finish(struct deleted_names *deleted);

#endif
