/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_COLUMNS_H
#define UI_INSIDE_INSIDE_COLUMNS_H

/* Where on a line of what is inside a mapping each thing stands. Pure geometry, in columns of
 * cells. */

#include "ui/frame.h"

#define INSIDE_ADDRESS_COLUMNS 12
#define INSIDE_TYPE_COLUMNS    13 /* "preinit_array" */
#define INSIDE_SIZE_COLUMNS    7
#define INSIDE_RSS_COLUMNS     11 /* "rss  496.2M" */
#define INSIDE_STATE_COLUMNS   24 /* "12 copied on write, 4 ab" */

/* 0: not shown; columns count from 0, but there is always something left of these. */
struct inside_columns {
	int marker, address, bar, bar_columns, label, label_columns, type, size, rss, state;
};

/*
 * As those of the picture, so that the eye finds the same thing in the same place. Type, rss and
 * state are there from certain widths on.
 */
void inside_columns_lay(struct inside_columns *ret_columns, struct rect inside);

#endif
