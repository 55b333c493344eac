/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_CALM_H
#define LAYOUT_CALM_H

/*
 * Rows shared out as in layout/share.h, but starting from those that the items had before, so that
 * a small change of the weights moves few rows instead of flipping remainders everywhere.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/share.h"

/*
 * The rows before add up to rows and keep the order within the groups by the sizes before. Single
 * rows move from the item that most exceeds its quota to the one that most lacks, until none is off
 * by more than a row and a quarter, at most max_moves of them; more only to keep the order within
 * the groups by the sizes of now. Returns false, with ret_rows unspecified, when so much has
 * changed that sharing from scratch moves no more rows.
 */
bool calm_rows(const struct share_item *items, size_t count, uint64_t rows, uint64_t max_moves,
	       uint64_t *ret_rows);

#endif
