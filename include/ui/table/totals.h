/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_TOTALS_H
#define UI_TABLE_TOTALS_H

/* The header's second line: sums, limits that are near, and what watching costs. */

#include <stdbool.h>

#include "screen/role.h"
#include "ui/frame.h"

struct canvas;
struct scene;

void totals_draw(struct canvas *canvas, struct rect rect, const struct scene *scene);

/* The label of the figure that stands on that column, "maps", "w+x"; NULL where none does. */
const char *totals_label_at(struct rect rect, const struct scene *scene, int column);

/* A running line: what is written next stands two columns further right. */
struct totals_line {
	struct canvas *canvas;
	int column, line, end;
	int sought;        /* the column of a figure that is looked for; -1: none */
	const char *found; /* its label */
};

/* Writes "label value" ("" for no label) if both fit whole; returns whether they did. */
bool totals_add(struct totals_line *line, const char *label, const char *value, enum role role);

#endif
