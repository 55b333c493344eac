/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_OBJECT_SPAN_H
#define MODEL_OBJECT_SPAN_H

/*
 * Which mappings of a snapshot are one object to a reader: the adjacent mappings of one file, with
 * the memory without a file that is a part of it (its bss, code moved to huge pages). Adjacent
 * means that no other mapping lies between, and no hole larger than OBJECT_SPAN_HOLE_MAX.
 */

#include <stddef.h>
#include <stdint.h>

struct address_space;

/* Bytes. Loaders leave holes up to the alignment of segments: 2 MB, seldom 64 MB. */
#define OBJECT_SPAN_HOLE_MAX (UINT64_C(64) << 20)

/*
 * The index behind the last VMA of the object whose lowest VMA has the index first (below
 * space->vma_count): first + 1 for a mapping that is no part of any.
 */
size_t object_span_end(const struct address_space *space, size_t first);

#endif
