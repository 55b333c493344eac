/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_HEADROOM_LINES_H
#define UI_HEADROOM_LINES_H

/* How near the process is to its limits, a line each, coloured when it is near. */

#include "model/headroom.h"
#include "screen/role.h"
#include "ui/frame.h"

struct canvas;
struct glyphs;
struct text;

#define HEADROOM_LINES_COLUMNS 48 /* that lines want at most */
#define HEADROOM_LINES_COUNT   6  /* a heading, the limits, and the largest gap */

/* Draws as many lines as the rectangle has. */
void headroom_lines_draw(struct canvas *canvas, struct rect rect, const struct headroom *headroom,
			 const struct glyphs *glyphs);

/* Appends the use of a limit: "132K of 8.0M", "35 of 65 530", "91.9M, no limit", "91.9M of –". */
void headroom_lines_append(struct text *text, const struct headroom *headroom,
			   enum headroom_item item, const struct glyphs *glyphs);

/* ROLE_DEFAULT, ROLE_WARNING or ROLE_DANGER. */
enum role headroom_lines_role(enum headroom_level level);

#endif
