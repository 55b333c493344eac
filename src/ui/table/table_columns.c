/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/table/table_columns.h"

#define SIGN_COLUMNS 2 /* marker and swatch */

static const int widths[TABLE_COLUMNS] = {
	[TABLE_ADDRESS] = 12, /* 48-bit addresses; longer ones are shortened in the middle */
	[TABLE_SIZE] = 7,     [TABLE_RSS] = 7,
	[TABLE_PSS] = 7,      [TABLE_SWAP] = 7,
	[TABLE_GROWTH] = 8,   [TABLE_PERMS] = 5,
	[TABLE_KIND] = 14,    [TABLE_NAME] = TABLE_FOLD_COLUMNS + TABLE_NAME_COLUMNS_MIN,
};

/*
 * The blanks before a column. The sign of the order stands in the one behind a heading; where the
 * next heading begins right there, there is another.
 */
static int blanks(enum table_column column)
{
	return column == TABLE_PERMS ? 2 : 1;
}

/* What makes names readable is more important than the least important columns. */
static const struct {
	enum table_column column;
	int spare; /* cells that the name has to have above its least */
} by_importance[] = {
	{TABLE_SIZE, 0},  {TABLE_ADDRESS, 0}, {TABLE_RSS, 0},  {TABLE_GROWTH, 0},
	{TABLE_PERMS, 0}, {TABLE_KIND, 12},   {TABLE_PSS, 12}, {TABLE_SWAP, 12},
};

/* Takes the column into the set when there is room for it and its blanks. */
static void take(uint32_t *shown, int *room, const struct table *table, enum table_column column,
		 int spare)
{
	uint32_t bit = UINT32_C(1) << column;

	if ((*shown | table->hidden) & bit || *room < widths[column] + blanks(column) + spare)
		return;
	*shown |= bit;
	*room -= widths[column] + blanks(column);
}

void table_columns_lay(struct table_columns *ret_columns, struct rect inside,
		       const struct table *table)
{
	struct table_columns columns = {.marker = inside.column, .swatch = inside.column + 1};
	int room = inside.columns - SIGN_COLUMNS, at = inside.column + SIGN_COLUMNS;
	uint32_t shown = 0;

	take(&shown, &room, table, TABLE_NAME, 0);
	take(&shown, &room, table, table->chosen, 0);
	take(&shown, &room, table, table->order.column, 0);
	for (size_t i = 0; i < sizeof(by_importance) / sizeof(by_importance[0]); i++)
		take(&shown, &room, table, by_importance[i].column, by_importance[i].spare);
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		if (!(shown & UINT32_C(1) << i))
			continue;
		at += blanks((enum table_column)i);
		columns.places[i].at = at;
		columns.places[i].columns = widths[i] + (i == TABLE_NAME && room > 0 ? room : 0);
		at += columns.places[i].columns;
	}
	*ret_columns = columns;
}

bool table_column_is_right(enum table_column column)
{
	return column == TABLE_ADDRESS || (column >= TABLE_SIZE && column <= TABLE_GROWTH);
}

enum table_column table_columns_at(const struct table_columns *columns, int cell)
{
	for (int i = 0; i < TABLE_COLUMNS; i++)
		if (columns->places[i].columns && cell >= columns->places[i].at &&
		    cell < columns->places[i].at + columns->places[i].columns)
			return (enum table_column)i;
	return TABLE_COLUMNS;
}
