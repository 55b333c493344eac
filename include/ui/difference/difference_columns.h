/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_DIFFERENCE_DIFFERENCE_COLUMNS_H
#define UI_DIFFERENCE_DIFFERENCE_COLUMNS_H

/*
 * Where on a line of two pictures side by side each column stands: whole columns or none, those of
 * both sides alike. Pure geometry, in cells.
 */

#include "model/diff_sum.h"
#include "ui/frame.h"

#define DIFFERENCE_PERMS_COLUMNS 4
#define DIFFERENCE_SIZE_COLUMNS  6
#define DIFFERENCE_DELTA_COLUMNS 7  /* "+64.0M" */
#define DIFFERENCE_NAMED_COLUMNS 11 /* "rss +64.0M", where it has no column of its own */

/* 0: not shown. */
struct difference_side_columns {
	int bar, bar_columns, label, label_columns, perms, rss, size;
};

struct difference_columns {
	int marker, sign, delta, delta_columns, rss_delta;
	struct difference_side_columns sides[DIFF_SIDES];
};

void difference_columns_lay(struct difference_columns *ret_columns, struct rect inside);

#endif
