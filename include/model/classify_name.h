/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_NAME_H
#define MODEL_CLASSIFY_NAME_H

/*
 * What the name in maps tells of a VMA: the kernel's own names (proc_pid_maps(5)), those that
 * programs give (PR_SET_VMA_ANON_NAME) and the paths of memory that is no lasting file.
 */

#include <stdbool.h>

struct vma;

/*
 * Names that settle the matter whatever else is mapped: [heap], [vdso], devices, the C library's
 * names for its arenas and stacks. Fills kind, kind_source and tid and returns true, or leaves
 * the VMA alone and returns false.
 */
bool classify_name_settle(struct vma *vma);

/*
 * Names of memory whose content could still be an ELF object (memfd, SysV and POSIX shared
 * memory, /dev/zero, huge pages) and of named anonymous memory: to be asked once no object claims
 * the VMA. Executable memory of this sort is generated code. As classify_name_settle() otherwise.
 */
bool classify_name_memory(struct vma *vma);

/* Private memory without a file that no name settles: unnamed, "[anon:…]" or private huge pages. */
bool classify_name_is_anonymous(const struct vma *vma);

/* The ---p rest of a malloc arena, by its name. */
bool classify_name_is_arena(const struct vma *vma);

#endif
