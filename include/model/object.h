/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_OBJECT_H
#define MODEL_OBJECT_H

/*
 * Recognizes the loads of ELF files among the VMAs: mappings whose offsets and distances are those
 * of the file's segments at one load bias (the address in memory minus the address in the file).
 * What is inside such a load is what its segment says, whatever the permissions are at the
 * moment. A file that is mapped in any other way is no load.
 */

#include <stddef.h>
#include <stdint.h>

struct arena;
struct mapped_files;
struct vma;

/*
 * Fills kind and kind_source of the VMAs of all loads, private memory in place of a load's pages
 * and its bss included, where kind is still KIND_COUNT (and of a [heap] that is nothing but bss).
 * Marks the files that are loads, and enters the file of the memory without one. page_size is a
 * power of two. O(count log count).
 */
void object_classify(struct vma *vmas, size_t count, struct mapped_files *files, uint64_t page_size,
		     struct arena *arena);

#endif
