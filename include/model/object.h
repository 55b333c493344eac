/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_OBJECT_H
#define MODEL_OBJECT_H

/*
 * Recognizes the loads of ELF files among the VMAs: mappings whose offsets and distances are those
 * of the file's segments at one load bias (the address in memory minus the address in the file).
 * What is inside such a load is what its segment says, whatever the permissions are at the moment.
 * A file that is mapped in any other way is not a load.
 */

#include <stddef.h>
#include <stdint.h>

struct address_space;
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

/*
 * Which mappings of a snapshot are one object to the user: the adjacent mappings of one file, with
 * the memory without a file that is a part of it (its bss, code moved to huge pages). Adjacent
 * means that no other mapping lies between, and no hole larger than OBJECT_SPAN_HOLE_MAX.
 */

/* Bytes. Loaders leave holes up to the alignment of segments: 2 MB, seldom 64 MB. */
#define OBJECT_SPAN_HOLE_MAX (UINT64_C(64) << 20)

/*
 * The index after the last VMA of the object whose lowest VMA has the index first (below
 * space->vma_count): first + 1 for a mapping that is not part of any.
 */
size_t object_span_end(const struct address_space *space, size_t first);

/*
 * The index of a mapping of the file that the VMA at the index belongs to: itself, or, of memory
 * without a file that is a part of an object, one beside it; space->vma_count when there is none.
 */
size_t object_file_vma(const struct address_space *space, size_t index);

#endif
