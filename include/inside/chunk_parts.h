/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_CHUNK_PARTS_H
#define INSIDE_CHUNK_PARTS_H

/*
 * The chunks of a heap as parts of a range (inside/part_list.h), to scale and not too many: a heap
 * can have millions of chunks, and a screen has few lines. Large chunks and top, and runs of
 * neighbours that are equal in use and size, are parts of their own; all others are joined with
 * their neighbours within cells, pieces of the range of equal size. With twice the parts cells are
 * half as large: what was a part of its own stays one, and what was joined opens.
 */

#include <stdint.h>

#include "inside/part_list.h"

/*
 * Makes parts of [start, end), start < end, of a heap with its pieces, which are cut at the ends:
 * fewer than most (at least 2) cells, the least of which takes CHUNK_PARTS_CELL_MIN bytes. pin: the
 * chunk at this address is a part of its own; NULL: none has to be. What no piece takes is
 * PART_NAMELESS. O(pieces in the range). The list is to be finished.
 */
void chunk_parts_make(struct part_list *list, const struct heap_usage *heap, uint64_t start,
		      uint64_t end, uint64_t most, const uint64_t *pin);

/* Where every chunk is a part of its own. */
#define CHUNK_PARTS_CELL_MIN 16

#endif
