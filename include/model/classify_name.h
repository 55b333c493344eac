/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_NAME_H
#define MODEL_CLASSIFY_NAME_H

/*
 * What follows for a VMA from its name in maps and the file system of its file (model/name_rule.h).
 */

#include <stdbool.h>

struct vma;

/*
 * Names that decide the kind whatever else is mapped: [heap], [vdso], devices, the C library's
 * names for its arenas and stacks. Fills kind, kind_source and tid and returns true, or leaves the
 * VMA alone and returns false.
 */
bool classify_name_settle(struct vma *vma);

/*
 * Memory whose content could still be an ELF object (memfd, SysV and POSIX shared memory,
 * hugetlbfs, /dev/zero) and named anonymous memory: to be asked once no object claims the VMA.
 * Executable memory of this sort is generated code. As classify_name_settle() otherwise.
 */
bool classify_name_memory(struct vma *vma);

/*
 * Private memory without a file whose name does not decide its kind: unnamed, "[anon:…]", private
 * huge pages, or mapped of /dev/zero.
 */
bool classify_name_is_anonymous(const struct vma *vma);

/* The ---p rest of a malloc arena, by its name. */
bool classify_name_is_arena(const struct vma *vma);

#endif
