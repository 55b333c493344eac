/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_DELETED_NAMES_H
#define SAMPLER_DELETED_NAMES_H

/*
 * The kernel marks a mapping whose file was deleted by " (deleted)" behind its path; but a file
 * may be called so. The two are told apart by looking for a file of the whole name.
 */

#include <stddef.h>

#include "model/vma.h"
#include "sampler/name_pool.h"

struct mapped_root;

/*
 * Sets deleted of the VMAs whose file has no name any more and takes the suffix off their names;
 * the shorter names live in the pool. A file of the whole name is looked for as
 * sampler/mapped_open.h says; waits as long as its file system does.
 */
void deleted_names_resolve(struct vma *vmas, size_t count, struct mapped_root *root,
			   struct name_pool *names);

#endif
