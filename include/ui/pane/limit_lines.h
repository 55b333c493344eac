/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_LIMIT_LINES_H
#define UI_PANE_LIMIT_LINES_H

/* How near the process is to its limits, coloured when it is near. */

#include "model/limits.h"
#include "screen/role.h"
#include "ui/frame.h"

struct canvas;
struct glyphs;
struct text;

#define LIMIT_LINES_COLUMNS 48 /* that lines want at most */

/* A heading, and a line each; as many as the rectangle has. */
void limit_lines_draw(struct canvas *canvas, struct rect rect, const struct limits *limits,
		      const struct glyphs *glyphs);

/*
 * The same without a heading, one behind the other, as many as the lines of the rectangle hold.
 * With a canvas of NULL it only counts. Returns the lines that were used.
 */
int limit_lines_flow(struct canvas *canvas, struct rect rect, const struct limits *limits,
		     const struct glyphs *glyphs);

/* Appends the use of a limit: "132K of 8.0M", "35 of 65 530", "91.9M, no limit", "91.9M of –". */
void limit_lines_append(struct text *text, const struct limits *limits, enum limit_item item,
			const struct glyphs *glyphs);

/* ROLE_DEFAULT, ROLE_WARNING or ROLE_DANGER. */
enum role limit_lines_role(enum limit_level level);

#endif
