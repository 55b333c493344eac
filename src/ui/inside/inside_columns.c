/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_columns.h"

/* Columns of the pane from which things have room. */
#define ADDRESS_FROM 44
#define TYPE_FROM    64
#define RSS_FROM     90
#define STATE_FROM   120

#define BAR_COLUMNS_MIN   6
#define LABEL_COLUMNS     18 /* what names mostly need; before, bars get no more than the least */
#define LABEL_COLUMNS_MAX 60

/* Takes columns from the right end of what is left, and one before them; returns where. */
static int take(int *end, int columns)
{
	*end -= columns + 1;
	return *end + 1;
}

static int bar_columns(int rest)
{
	int columns = rest - rest / 4 > LABEL_COLUMNS_MAX ? rest - LABEL_COLUMNS_MAX : rest / 4;

	if (rest - columns < LABEL_COLUMNS)
		columns = rest - LABEL_COLUMNS;
	return columns < BAR_COLUMNS_MIN ? BAR_COLUMNS_MIN : columns;
}

void inside_columns_lay(struct inside_columns *ret_columns, struct rect inside)
{
	struct inside_columns columns = {.marker = inside.column};
	int end = inside.column + inside.columns - 1, rest;

	columns.address = columns.marker + 1;
	columns.bar = columns.address + INSIDE_ADDRESS_COLUMNS + 1;
	if (inside.columns < ADDRESS_FROM) {
		columns.bar = columns.address;
		columns.address = 0;
	}
	if (inside.columns >= STATE_FROM)
		columns.state = take(&end, INSIDE_STATE_COLUMNS);
	if (inside.columns >= RSS_FROM)
		columns.rss = take(&end, INSIDE_RSS_COLUMNS);
	columns.size = take(&end, INSIDE_SIZE_COLUMNS);
	if (inside.columns >= TYPE_FROM)
		columns.type = take(&end, INSIDE_TYPE_COLUMNS);
	rest = end - columns.bar - 1;
	columns.bar_columns = bar_columns(rest);
	columns.label = columns.bar + columns.bar_columns + 1;
	columns.label_columns = rest - columns.bar_columns;
	*ret_columns = columns;
}
