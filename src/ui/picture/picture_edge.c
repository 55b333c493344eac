/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/picture_edge.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/picture/legend.h"
#include "ui/picture/minimap.h"
#include "ui/picture/picture_columns.h"
#include "ui/picture/picture_title.h"
#include "ui/scene.h"

static void append_note(struct text *note, const struct scene *scene)
{
	text_append_format(note, "%s  %s%u", scale_name(scene->diagram->scale),
			   scene->glyphs->times, 1u << view_window(scene->view)->zoom);
}

bool picture_edge_is_note(const struct scene *scene, struct rect rect, int column)
{
	int end = rect.column + rect.columns - 2;
	struct text note = {0};
	int columns;

	append_note(&note, scene);
	columns = (int)utf8_columns(text_string(&note));
	text_finish(&note);
	return column >= end - columns && column < end;
}

void picture_edge_draw_pane(struct canvas *canvas, const struct frame *frame, struct rect rect,
			    const struct scene *scene)
{
	struct text title = {0}, note = {0};

	picture_title_append(&title, scene);
	append_note(&note, scene);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title), .note = text_string(&note)});
	text_finish(&title);
	text_finish(&note);
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
		box_draw_thumb(canvas, scene->glyphs->thumb,
			       &(struct box_part){
				       .column = inside.column + inside.columns,
				       .line = inside.line,
				       .lines = inside.lines,
				       .from = scene->view->top,
				       .all = scene->diagram->rows,
			       });
		legend_draw(canvas, rect, scene, lines);
	}
}
