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

#define DELETED_SUFFIX " (deleted)"

/*
 * Sets deleted of the VMAs whose file has no name any more and takes the suffix off their names;
 * the shorter names live in the pool. Files are looked for below root/ of the /proc/PID directory.
 * No file is opened.
 */
void deleted_names_resolve(struct vma *vmas, size_t count, int directory, struct name_pool *names);

#endif
