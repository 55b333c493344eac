/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/display.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/help.h"
#include "ui/inspector.h"
#include "ui/pane.h"
#include "ui/picture.h"
#include "ui/table_pane.h"
#include "ui/ui.h"

/* The line over the picture that says why it does not change any more. */
static void draw_banner(struct canvas *canvas, struct rect picture,
			const struct scene_status *status)
{
	struct text text = {0};

	text_append_format(&text, " %s; this is %s picture.", status->banner,
			   status->back ? "an earlier" : "its last");
	canvas_fill(canvas, picture.column, picture.line, picture.columns, 1, ' ', ROLE_BANNER);
	canvas_set_ground(canvas, picture.column, picture.line, picture.columns, 1, ROLE_BANNER);
	canvas_write(canvas, picture.column, picture.line, picture.columns, text_string(&text),
		     ROLE_BANNER);
	text_finish(&text);
}

struct scene display_scene(const struct ui *ui, const struct scene_status *status)
{
	return (struct scene){
		.chronicle = ui->chronicle,
		.growth = ui->chronicle ? &ui->growth : NULL,
		.marks = ui->chronicle ? &ui->marks : NULL,
		.ever = ui->chronicle ? &ui->ever : NULL,
		.lower = ui->chronicle ? &ui->lower : NULL,
		.minimap = ui->chronicle ? &ui->minimap : NULL,
		.lens = ui->lens,
		.find = &ui->find,
		.headroom = &ui->headroom,
		.usage = ui_usage(ui),
		.residency = ui_residency(ui),
		.space = ui->space,
		.regions = &ui->regions,
		.diagram = ui->diagram,
		.view = &ui->view,
		.table = ui->body == BODY_TABLE ? &ui->table : NULL,
		.status = status,
		.glyphs = ui->glyphs,
		.keymap = ui->keymap,
	};
}

static void draw_panes(const struct ui *ui, struct canvas *canvas, const struct scene *scene)
{
	const struct frame *frame = &ui->frame;

	if (ui->overlay == OVERLAY_INSPECTOR && frame->picture.lines)
		inspector_draw(canvas, frame, frame->picture, scene);
	else if (frame->picture.lines && scene->table)
		table_pane_draw(canvas, frame, frame->picture, scene);
	else if (frame->picture.lines)
		picture_draw(canvas, frame, frame->picture, scene);
	if (frame->inspector.columns)
		inspector_draw(canvas, frame, frame->inspector, scene);
	if (frame->lower.lines && scene->chronicle)
		lower_draw(canvas, frame, scene);
}

/*
 * While a line is typed, it stands in place of the keys; the answer to it at its right, or where
 * there is no room for all of that above it.
 */
static void draw_footer(const struct ui *ui, struct canvas *canvas, const struct scene *scene)
{
	struct rect rect = ui->frame.footer;
	const char *message = scene->status->message;
	int end = rect.column + rect.columns - 1, column;

	if (!ui->asking) {
		footer_draw(canvas, rect, scene);
		return;
	}
	column = prompt_draw(&ui->prompt, canvas, rect.column + 1, rect.line, rect.columns - 2,
			     ui->asking->label) +
		 3;
	if (!message)
		return;
	if ((int)utf8_columns(message) <= end - column) {
		canvas_write(canvas, column, rect.line, end - column, message, ROLE_MESSAGE);
		return;
	}
	rect.line--;
	footer_draw_sentence(canvas, rect, message, ROLE_MESSAGE);
}

void display_draw(const struct ui *ui, struct canvas *canvas, const struct scene_status *status)
{
	const struct frame *frame = &ui->frame;
	struct scene scene = display_scene(ui, status);

	if (frame->too_small) {
		pane_draw_too_small(canvas, frame);
		return;
	}
	scene.cursor = true;
	header_draw(canvas, frame->header, &scene, true);
	if (ui->overlay == OVERLAY_HELP)
		help_draw(canvas, frame, ui->glyphs, ui->keymap, ui->help_top);
	else
		draw_panes(ui, canvas, &scene);
	if (status->banner)
		draw_banner(canvas, frame->picture.lines ? frame->picture : frame->lower, status);
	draw_footer(ui, canvas, &scene);
}

void display_draw_plain(const struct ui *ui, struct canvas *canvas,
			const struct scene_status *status)
{
	struct scene scene = display_scene(ui, status);

	header_draw(canvas, ui->frame.header, &scene, false);
	picture_draw(canvas, &ui->frame, ui->frame.picture, &scene);
}
