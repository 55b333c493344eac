/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture_columns.h"

/* Columns of the pane from which things have room. */
#define PERMS_FROM 60
#define DELTA_FROM 64
#define RSS_FROM   78

#define BAR_COLUMNS_MIN   6
#define LABEL_COLUMNS     24 /* what names mostly need; before, bars get no more than the least */
#define LABEL_COLUMNS_MAX 46

/* Takes columns from the right end of what is left, and one before them; returns where. */
static int take(int *end, int columns)
{
	*end -= columns + 1;
	return *end + 1;
}

void picture_columns_lay(struct picture_columns *ret_columns, struct rect inside, bool growth,
			 bool rss)
{
	struct picture_columns columns = {.marker = inside.column};
	int end = inside.column + inside.columns - 1, rest;
	bool perms = inside.columns >= PERMS_FROM;

	columns.address = columns.marker + 1;
	columns.bar = columns.address + PICTURE_ADDRESS_COLUMNS + 1;
	if (rss && inside.columns >= RSS_FROM)
		columns.rss = take(&end, PICTURE_RSS_COLUMNS);
	columns.size = take(&end, PICTURE_SIZE_COLUMNS);
	if (perms)
		columns.perms = take(&end, PICTURE_PERMS_COLUMNS);
	if (growth && inside.columns >= DELTA_FROM)
		columns.delta = take(&end, PICTURE_DELTA_COLUMNS);
	rest = end - columns.bar - 1;
	columns.bar_columns =
		rest - rest / 3 > LABEL_COLUMNS_MAX ? rest - LABEL_COLUMNS_MAX : rest / 3;
	if (rest - columns.bar_columns < LABEL_COLUMNS)
		columns.bar_columns = rest - LABEL_COLUMNS;
	if (columns.bar_columns < BAR_COLUMNS_MIN || !perms)
		columns.bar_columns = BAR_COLUMNS_MIN;
	columns.label = columns.bar + columns.bar_columns + 1;
	columns.label_columns = rest - columns.bar_columns;
	*ret_columns = columns;
}
