/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_RESIDENCY_COARSE_H
#define MODEL_RESIDENCY_COARSE_H

/* A residency in bounded memory, for the history. */

#include <stddef.h>

struct address_space;
struct residency;

/*
 * What the residency (NULL: nothing is known) says of the mappings of the space, with no more than
 * most runs. A mapping with few runs has them all. One with many is cut into equal pieces, of which
 * those that are not of one sort throughout are blurred: their sums are known and no more. The
 * more mappings there are, the coarser. Between two mappings whose ends are covered all counts as
 * covered. Never says anything that residency does not. NULL where nothing fits; the caller
 * destroys it. O(runs + mappings log runs).
 */
struct residency *residency_coarse(const struct residency *residency,
				   const struct address_space *space, size_t most);

#endif
