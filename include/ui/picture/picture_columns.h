/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_COLUMNS_H
#define UI_PICTURE_PICTURE_COLUMNS_H

/* Where on a line of the picture each thing stands. Pure geometry, in columns of cells. */

#include <stdbool.h>

#include "ui/frame.h"

#define PICTURE_ADDRESS_COLUMNS 12 /* 48-bit addresses; longer ones are shortened in the middle */
#define PICTURE_PERMS_COLUMNS   4
#define PICTURE_SIZE_COLUMNS    7
#define PICTURE_DELTA_COLUMNS   8
#define PICTURE_RSS_COLUMNS     11 /* "rss  496.2M"; pss and swap likewise */

/* 0: not shown; columns count from 0, but there is always something left of these. */
struct picture_columns {
	int marker, address, bar, bar_columns, label, label_columns, delta, perms, size, rss, pss,
		swap;
	int minimap;
	int line_columns; /* of the pane, the minimap left out */
};

/* What is asked for, where there is room. */
struct picture_wish {
	bool growth, rss, pss, swap, minimap;
};

/*
 * Names have what they need, and the bars, which are the picture, the rest. Permissions, growth,
 * rss, pss, swap and the minimap are there from certain widths on, all but the first where they are
 * asked for.
 */
void picture_columns_lay(struct picture_columns *ret_columns, struct rect inside,
			 const struct picture_wish *wish);

#endif
