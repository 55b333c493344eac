/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_IDENTITY_H
#define MODEL_IDENTITY_H

/*
 * Which mapping of one snapshot is which mapping of another of the same process. Two mappings are
 * the same where they overlap and have the same backing: both shared or both private, and the
 * same place of the same file, or no file. Permissions and names may differ. The address spaces
 * are cut into pieces, from one border of a mapping (in either snapshot) to the next one.
 *
 * A border that moves between accessible memory and the no-access memory beside it, as malloc
 * arenas and runtimes' heaps grow by mprotect(2) into what they reserved, is growth (or
 * shrinking) of the accessible mapping: such a piece is `shifted`. It is so only when the
 * accessible mapping existed on both sides; a guard that is made accessible as a whole, or
 * memory made no-access where nothing was reserved beside it, is a protection change.
 *
 * Overlap is all that maps shows: memory unmapped and other memory of the same backing mapped over
 * a part of it within one interval is taken for the same, and what was unmapped and mapped
 * elsewhere looks like what mremap(2) moved (see model/moved.h).
 *
 * Symmetric in the two snapshots but for that rule. Bytes, half-open ranges. The snapshots must
 * outlive the identity.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/identity_trace.h"

struct address_space;
struct vma;

/*
 * Finds the identities; identity_finish() frees them. O(n) in the mappings, but where mappings are
 * as they were no more than comparing them.
 */
void identity_init(struct identity *identity, const struct address_space *before,
		   const struct address_space *now);
void identity_finish(struct identity *identity);

/* The VMA of the piece in the snapshot; NULL when it has none there. */
const struct vma *identity_vma(const struct identity *identity, const struct identity_piece *piece,
			       enum identity_side side);

/* The trace of the mapping with the index; NULL: all of it is as it was on the other side. */
const struct identity_trace *identity_trace(const struct identity *identity,
					    enum identity_side side, size_t vma);

/* The first mapping of now from the index on that may have a trace; SIZE_MAX: none has. */
size_t identity_next_changed(const struct identity *identity, size_t vma);

/* The index of the mapping that it is on the other side; IDENTITY_NONE: of none. */
uint32_t identity_other(const struct identity *identity, enum identity_side side, size_t vma);

/* What of a mapping of now was not there before, in bytes: to draw what is new as such. */
struct identity_growth {
	bool appeared;      /* the whole mapping; low and high are 0 then */
	uint64_t low, high; /* at its low and at its high end */
};
struct identity_growth identity_growth(const struct identity *identity, size_t vma);

/* How many bytes between the two addresses in the mapping were not there before. */
uint64_t identity_new_bytes(const struct identity *identity, size_t vma, uint64_t start,
			    uint64_t end);

/* How many bytes more or, negative, less a mapping of now is than it was before. */
int64_t identity_delta(const struct identity *identity, size_t vma);

/* Adds one to a sum of them: what 63 bits do not hold is the most, or the least, that they do. */
static inline void identity_delta_add(int64_t *sum, int64_t delta)
{
	if (__builtin_add_overflow(*sum, delta, sum))
		*sum = delta > 0 ? INT64_MAX : -INT64_MAX;
}

#endif
