/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/picture_columns.h"

#include "ui/picture/minimap.h"

/* Columns of the pane from which things have room. */
#define MINIMAP_FROM 60
#define PERMS_FROM   60
#define DELTA_FROM   64
#define RSS_FROM     80
#define MORE_FROM    120 /* pss and swap */

#define BAR_COLUMNS_MIN   6
#define BAR_COLUMNS       10 /* what tells a quarter from a third */
#define LABEL_COLUMNS     18 /* what names mostly need; before, bars get no more than the least */
#define LABEL_COLUMNS_MAX 46

/* Takes columns from the right end of what is left, and one before them; returns where. */
static int take(int *end, int columns)
{
	*end -= columns + 1;
	return *end + 1;
}

/* A third of what is left, but as much as it needs, without taking from names what they need. */
static int bar_columns(int rest, bool roomy)
{
	int columns = rest - rest / 3 > LABEL_COLUMNS_MAX ? rest - LABEL_COLUMNS_MAX : rest / 3;

	if (columns < BAR_COLUMNS)
		columns = BAR_COLUMNS;
	if (rest - columns < LABEL_COLUMNS)
		columns = rest - LABEL_COLUMNS;
	return columns < BAR_COLUMNS_MIN || !roomy ? BAR_COLUMNS_MIN : columns;
}

void picture_columns_lay(struct picture_columns *ret_columns, struct rect inside,
			 const struct picture_wish *wish)
{
	struct picture_columns columns = {.marker = inside.column, .line_columns = inside.columns};
	int end = inside.column + inside.columns - 1, rest;
	bool perms = inside.columns >= PERMS_FROM;

	if (wish->minimap && inside.columns >= MINIMAP_FROM) {
		columns.line_columns -= MINIMAP_COLUMNS;
		columns.minimap = inside.column + columns.line_columns;
		end -= MINIMAP_COLUMNS;
	}
	columns.address = columns.marker + 1;
	columns.bar = columns.address + PICTURE_ADDRESS_COLUMNS + 1;
	if (wish->swap && inside.columns >= MORE_FROM)
		columns.swap = take(&end, PICTURE_RSS_COLUMNS);
	if (wish->pss && inside.columns >= MORE_FROM)
		columns.pss = take(&end, PICTURE_RSS_COLUMNS);
	if (wish->rss && inside.columns >= RSS_FROM)
		columns.rss = take(&end, PICTURE_RSS_COLUMNS);
	columns.size = take(&end, PICTURE_SIZE_COLUMNS);
	if (perms)
		columns.perms = take(&end, PICTURE_PERMS_COLUMNS);
	if (wish->growth && inside.columns >= DELTA_FROM)
		columns.delta = take(&end, PICTURE_DELTA_COLUMNS);
	rest = end - columns.bar - 1;
	columns.bar_columns = bar_columns(rest, perms);
	columns.label = columns.bar + columns.bar_columns + 1;
	columns.label_columns = rest - columns.bar_columns;
	*ret_columns = columns;
}
