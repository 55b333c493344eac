/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_ALIGN_H
#define MODEL_DIFF_ALIGN_H

/*
 * Which mapping of one list is which of another, where all of both are of one object and one kind:
 * by where they are, or, as the kernel chooses addresses at random in each run (ASLR), by their
 * order. Lists are sorted by address, their ranges disjoint. Pairs never cross: of two pairs the
 * one with the higher mapping in the one list has the higher one in the other. Bytes, half-open
 * ranges.
 */

#include <stddef.h>
#include <stdint.h>

#define DIFF_ALIGN_NONE SIZE_MAX

/*
 * What comparing all with all may cost: the product of the lengths of two lists, once equal
 * beginnings and ends are taken off. Where it is more, the first is paired with the first, and so
 * on.
 */
#define DIFF_ALIGN_CELLS_MAX ((size_t)16 << 20)

struct diff_align_item {
	uint64_t start, end;
	uint8_t perms; /* PERM_... of model/vma.h */
};

struct diff_align_list {
	const struct diff_align_item *items;
	size_t count;
};

/*
 * Sets pairs[i], for each of a, to the index of the one of b that overlaps it, or
 * DIFF_ALIGN_NONE. O(n).
 */
void diff_align_by_place(const struct diff_align_list *a, const struct diff_align_list *b,
			 size_t *pairs);

/*
 * The same by order, so that as many as possible are of the same size and permissions, and no more
 * are left alone than need be.
 */
void diff_align_by_order(const struct diff_align_list *a, const struct diff_align_list *b,
			 size_t *pairs);

#endif
