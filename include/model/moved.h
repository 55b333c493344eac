/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_MOVED_H
#define MODEL_MOVED_H

/*
 * Which mapping that vanished is which that appeared elsewhere: what mremap(2) moved.
 *
 * The kernel does not report moves. For a file, the same place of the same file with the same
 * permissions counts as the same; of anonymous memory, the same permissions, kind and name, and
 * only ordinary accessible memory, as thread stacks, arenas and guards come and go and are never
 * moved. A match must be the only one both ways: the only pair of its sort, whatever their sizes,
 * or else the only pair of its sort and size. Memory of equal size that was unmapped in one place
 * and mapped in another cannot be distinguished from this, and counts as moved.
 */

#include "model/identity_trace.h"

/*
 * Pairs the mappings of which the other snapshot has no piece, filling their traces: other, moved,
 * and as kept the lower part that the two sizes have in common. O(m) in their number.
 */
void moved_match(struct identity *identity);

#endif
