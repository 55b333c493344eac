/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture_edge.h"

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/legend.h"
#include "ui/minimap.h"
#include "ui/pane.h"
#include "ui/picture_columns.h"
#include "ui/picture_title.h"
#include "ui/scene.h"

void picture_edge_draw_pane(struct canvas *canvas, const struct frame *frame, struct rect rect,
			    const struct scene *scene)
{
	struct text title = {0}, note = {0};

	picture_title_append(&title, scene);
	text_append_format(&note, "%s  %s%u", scale_name(scene->diagram->scale),
			   scene->glyphs->times, 1u << view_window(scene->view)->zoom);
	pane_draw(canvas, frame, rect,
		  &(struct pane){.title = text_string(&title), .note = text_string(&note)});
	text_finish(&title);
	text_finish(&note);
}

/* A thumb on the right border shows which part of the rows is on the screen. */
static void draw_scroll_bar(struct canvas *canvas, const struct rect *inside,
			    const struct scene *scene)
{
	uint64_t rows = scene->diagram->rows, lines = (uint64_t)inside->lines;
	uint64_t from, to;

	if (rows <= lines)
		return;
	from = (uint64_t)((unsigned __int128)scene->view->top * lines / rows);
	to = (uint64_t)((unsigned __int128)(scene->view->top + lines) * lines / rows);
	if (to <= from)
		to = from + 1;
	for (uint64_t i = from; i < to && i < lines; i++)
		canvas_put(canvas, inside->column + inside->columns, inside->line + (int)i,
			   scene->glyphs->thumb, ROLE_SCROLL);
}

void picture_edge_draw_guides(struct canvas *canvas, const struct frame *frame, struct rect rect,
			      const struct scene *scene, const struct picture_columns *columns,
			      const struct legend_lines *lines)
{
	struct rect inside = frame_inside(frame, rect);

	if (columns->minimap)
		minimap_draw(
			canvas,
			(struct rect){columns->minimap, inside.line, MINIMAP_COLUMNS, inside.lines},
			scene);
	if (frame->bordered) {
		draw_scroll_bar(canvas, &inside, scene);
		legend_draw(canvas, rect, scene, lines);
	}
}
