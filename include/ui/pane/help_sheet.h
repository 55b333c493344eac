/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HELP_SHEET_H
#define UI_PANE_HELP_SHEET_H

/*
 * The sheet that the help is written on, from the top down, as long as it takes: what of it is on
 * the screen is chosen later. Without a canvas it only counts lines.
 */

#include <stdbool.h>

#include "screen/role.h"

struct canvas;
struct glyphs;

struct help_sheet {
	struct canvas *canvas; /* NULL: only counts */
	int columns;
	int line; /* the next one */
	const struct glyphs *glyphs;
	bool letters; /* stand for colours */
};

/* A heading, with a blank line before it unless it is the first line. */
void help_sheet_heading(struct help_sheet *sheet, const char *heading);

/* A word in a column of its own. */
void help_sheet_label(struct help_sheet *sheet, int column, const char *label, enum role role);

/* Text from the column on to the end, wrapped; the next line is below it. */
void help_sheet_text(struct help_sheet *sheet, int column, const char *text, enum role role);

#endif
