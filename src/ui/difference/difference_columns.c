/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/difference/difference_columns.h"

#define MARKER_COLUMNS 1
#define SIGN_COLUMNS   3

/* How wide a side must be for a column; the more telling ones come first. */
#define SIZE_FROM  19
#define PERMS_FROM 36
#define RSS_FROM   46

/* Columns of the pane, from which on there are both deltas; below which sizes' only. */
#define BOTH_DELTAS_FROM 110
#define NAMED_DELTA_FROM 60

static int bar_columns(int side)
{
	return side >= 44 ? 8 : side >= 28 ? 6 : side >= 24 ? 3 : 1;
}

static void lay_side(struct difference_side_columns *side, int first, int columns)
{
	int end = first + columns;

	*side = (struct difference_side_columns){.bar = first, .bar_columns = bar_columns(columns)};
	if (columns >= SIZE_FROM) {
		side->size = end - DIFFERENCE_SIZE_COLUMNS;
		end = side->size - 1;
	}
	if (columns >= RSS_FROM) {
		side->rss = end - DIFFERENCE_SIZE_COLUMNS;
		end = side->rss - 1;
	}
	if (columns >= PERMS_FROM) {
		side->perms = end - DIFFERENCE_PERMS_COLUMNS;
		end = side->perms - 1;
	}
	side->label = first + side->bar_columns + 1;
	side->label_columns = end > side->label ? end - side->label : 0;
}

void difference_columns_lay(struct difference_columns *ret_columns, struct rect inside)
{
	struct difference_columns *columns = ret_columns;
	bool both = inside.columns >= BOTH_DELTAS_FROM;
	int deltas = both                                 ? 2 * DIFFERENCE_DELTA_COLUMNS + 1
		     : inside.columns >= NAMED_DELTA_FROM ? DIFFERENCE_NAMED_COLUMNS
							  : DIFFERENCE_DELTA_COLUMNS;
	int side = (inside.columns - MARKER_COLUMNS - SIGN_COLUMNS - deltas - 1) / DIFF_SIDES;
	int first = inside.column + MARKER_COLUMNS;

	*columns = (struct difference_columns){.marker = inside.column};
	side = side > 0 ? side : 0;
	lay_side(&columns->sides[DIFF_A], first, side);
	columns->sign = first + side + SIGN_COLUMNS / 2;
	lay_side(&columns->sides[DIFF_B], first + side + SIGN_COLUMNS, side);
	columns->delta = inside.column + inside.columns - deltas;
	columns->delta_columns = both ? DIFFERENCE_DELTA_COLUMNS : deltas;
	columns->rss_delta = both ? columns->delta + DIFFERENCE_DELTA_COLUMNS + 1 : 0;
}
