/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_COLUMNS_H
#define UI_TABLE_TABLE_COLUMNS_H

/*
 * Where on a line of the table each column stands: whole columns or none. The name is always there
 * and has what the others leave; where there is too little for all, the chosen column and the one
 * that the table is sorted by stay, then the more important ones. Pure geometry, in cells.
 */

#include "ui/frame.h"
#include "ui/table/table.h"

#define TABLE_NAME_COLUMNS_MIN 12
#define TABLE_FOLD_COLUMNS     2 /* of the name: the sign of an object, and that of a change */

struct table_columns {
	int marker, swatch;
	/* 0 columns: not shown. */
	struct {
		int at, columns;
	} places[TABLE_COLUMNS];
};

void table_columns_lay(struct table_columns *ret_columns, struct rect inside,
		       const struct table *table);

/* Whether the column's values end at its right end: amounts do. */
bool table_column_is_right(enum table_column column);

/* The column that the cell belongs to; TABLE_COLUMNS for none. */
enum table_column table_columns_at(const struct table_columns *columns, int cell);

#endif
