/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_SHARE_H
#define LAYOUT_SHARE_H

/*
 * Rows shared out among items by weight. Every item gets one; the rest is shared in proportion to
 * the weights (evenly where all are 0), each getting the whole rows of its quota and the largest
 * remainders one more (Hamilton's method). Whole numbers throughout: exact, the same everywhere.
 *
 * Within a group the larger item never has fewer rows than the smaller one, provided that it never
 * weighs less.
 */

#include <stddef.h>
#include <stdint.h>

#include "layout/share_item.h"

/* Shares rows (at least count, below 2^40) among count items (at least 1). */
void share_rows(const struct share_item *items, size_t count, uint64_t rows, uint64_t *ret_rows);

#endif
