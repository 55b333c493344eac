/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TABLE_H
#define UI_TABLE_TABLE_H

/*
 * Where the user is in the table of mappings: its rows, its order and columns, what is unfolded,
 * and the cursor. The cursor is on a mapping or an object, not on a line: it stays there when rows
 * are rebuilt, and so does its line on the screen, as long as the rows allow. Rows and lines
 * count from 0 at the top. A table of all zeroes is valid: all folded, by address, no rows yet.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/table/table_rows.h"

struct band;
struct region_list;

struct table {
	struct table_rows rows;
	struct table_order order;
	enum table_column chosen; /* the column that keys act on */
	uint32_t hidden;          /* bit 1 << column */
	uint64_t *open;           /* addresses in unfolded rows, ascending */
	size_t open_count, open_capacity;
	size_t cursor;    /* row; 0 when there is none */
	size_t top;       /* the row on the first line */
	size_t lines;     /* lines that the screen has for rows, at least 1 */
	uint64_t address; /* where the cursor was put last */
	bool to_top;      /* the next rows are shown from the first one on */
	bool on_object;   /* there, on the row of the unfolded object, not on its mapping's */
};

/* Frees what the table holds and empties it. */
void table_finish(struct table *table);

/*
 * Rebuilds the rows from the request (whose order and open objects the table puts in) and puts the
 * cursor on the address. table->address is then where the cursor is.
 */
void table_make(struct table *table, struct table_request request, uint64_t cursor);

/* Another number of lines on the screen; the cursor stays on one of them. */
void table_set_lines(struct table *table, size_t lines);

/*
 * Puts the cursor on the row of the mapping that holds the address, else of the next one above,
 * else of the highest one, and keeps its line on the screen.
 */
void table_place(struct table *table, const struct address_space *space, uint64_t address);

/* The row that the cursor has when it is put on the address: 0 where there are no rows. */
size_t table_row_of(const struct table *table, const struct address_space *space, uint64_t address);

/* Moves the cursor by so many rows, negative up, as far as there are some; scrolls as needed. */
void table_move(struct table *table, const struct address_space *space, int64_t rows);

/*
 * Scrolls by so many rows, negative up, as far as there are some; the cursor stays where it is, but
 * on the screen. Where all rows are on it, the cursor moves instead.
 */
void table_scroll(struct table *table, const struct address_space *space, int64_t rows);

/* The row under the cursor; NULL when there is none. */
const struct table_row *table_row(const struct table *table);

/* The object that the row under the cursor is or belongs to; NULL when it is none. */
const struct table_row *table_object(const struct table *table);

/* Unfolds the object (of this table's rows), or folds it. Needs a table_make(). */
void table_fold(struct table *table, const struct address_space *space,
		const struct table_row *object);

/* Chooses the next shown column, -1 to the left or +1 to the right; false at the ends. */
bool table_choose(struct table *table, int direction);

/*
 * Sorts by the chosen column; the other way round when it is already. Needs a table_make(), which
 * shows what comes first then: the cursor stays on its mapping only where that is to be seen.
 */
void table_sort(struct table *table);

/* Hides the chosen column and chooses its neighbour; false for address and name. */
bool table_hide(struct table *table);

/* What the row under the cursor stands for, as a band; false when there is none. */
bool table_band(const struct table *table, const struct address_space *space,
		const struct region_list *regions, struct band *ret_band);

/* The addresses of the rows on the screen, half-open; false when there are none. */
bool table_visible(const struct table *table, const struct address_space *space,
		   uint64_t *ret_start, uint64_t *ret_end);

/* The heading of a column, also its name in sentences: "size", "growth". */
const char *table_column_name(enum table_column column);

#endif
