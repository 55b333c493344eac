/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/ui.h"

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/command.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/help.h"
#include "ui/inspector.h"
#include "ui/pane.h"
#include "ui/picture.h"
#include "ui/scene.h"

void ui_init(struct ui *ui, const struct address_space *space, bool unicode)
{
	*ui = (struct ui){.inspector = true, .glyphs = glyphs_get(unicode), .space = space};
	region_list_init(&ui->regions, space);
	view_init(&ui->view, &ui->regions);
}

void ui_finish(struct ui *ui)
{
	diagram_destroy(ui->diagram);
	region_list_finish(&ui->regions);
}

void ui_set_space(struct ui *ui, const struct address_space *space)
{
	region_list_finish(&ui->regions);
	region_list_init(&ui->regions, space);
	ui->space = space;
	view_follow(&ui->view, &ui->regions);
}

static void take_frame(struct ui *ui)
{
	struct rect inside = frame_inside(&ui->frame, ui->frame.picture);

	ui->view.lines = inside.lines > 0 ? (uint64_t)inside.lines : 1;
	if (!ui->frame.narrow && ui->overlay == OVERLAY_INSPECTOR)
		ui->overlay = OVERLAY_NONE;
	ui->help_top = help_clamp(&ui->frame, ui->help_top);
}

void ui_resize(struct ui *ui, int columns, int lines)
{
	frame_measure(&ui->frame, columns, lines, ui->inspector);
	take_frame(ui);
}

void ui_resize_plain(struct ui *ui, int columns, int lines)
{
	frame_measure_plain(&ui->frame, columns, lines);
	take_frame(ui);
}

void ui_layout(struct ui *ui)
{
	const struct view_window *window = view_window(&ui->view);
	struct diagram *diagram = diagram_build(&(struct diagram_request){
		.regions = &ui->regions,
		.start = window->start,
		.end = window->end,
		.rows = view_rows(&ui->view),
		.scale = ui->view.scale,
		.hint = ui->diagram,
	});

	diagram_destroy(ui->diagram);
	ui->diagram = diagram;
	view_settle(&ui->view, diagram);
}

unsigned ui_handle_key(struct ui *ui, uint32_t key)
{
	const struct command *command = command_find(key);
	const char *why;

	ui->message = NULL;
	if (!command) {
		ui->message = "This key does nothing; ? shows the keys.";
		return REACT_REDRAW;
	}
	why = command->unavailable ? command->unavailable(ui) : NULL;
	if (why) {
		ui->message = why;
		return REACT_REDRAW;
	}
	return command->run(ui) | REACT_REDRAW;
}

static void draw_too_small(const struct ui *ui, struct canvas *canvas)
{
	struct text text = {0};

	text_append_format(&text, "%dx%d is too small: vastop needs %dx%d.", ui->frame.columns,
			   ui->frame.lines, FRAME_COLUMNS_MIN, FRAME_LINES_MIN);
	pane_write_wrapped(canvas, 0, 0, ui->frame.columns, ui->frame.lines, text_string(&text),
			   ROLE_DEFAULT);
	text_finish(&text);
}

/* The line over the picture that says why it does not change any more. */
static void draw_banner(struct canvas *canvas, struct rect picture, const char *banner)
{
	struct text text = {0};

	text_append_format(&text, " %s ", banner);
	canvas_fill(canvas, picture.column, picture.line, picture.columns, 1, ' ', ROLE_BANNER);
	canvas_set_ground(canvas, picture.column, picture.line, picture.columns, 1, ROLE_BANNER);
	canvas_write(canvas, picture.column, picture.line, picture.columns, text_string(&text),
		     ROLE_BANNER);
	text_finish(&text);
}

static struct scene make_scene(const struct ui *ui, const struct scene_status *status)
{
	return (struct scene){
		.space = ui->space,
		.regions = &ui->regions,
		.diagram = ui->diagram,
		.view = &ui->view,
		.status = status,
		.glyphs = ui->glyphs,
	};
}

void ui_draw(const struct ui *ui, struct canvas *canvas, const struct scene_status *status)
{
	const struct frame *frame = &ui->frame;
	struct scene scene = make_scene(ui, status);

	if (frame->too_small) {
		draw_too_small(ui, canvas);
		return;
	}
	scene.cursor = true;
	header_draw(canvas, frame->header, &scene, true);
	if (ui->overlay == OVERLAY_HELP)
		help_draw(canvas, frame, ui->glyphs, ui->help_top);
	else if (ui->overlay == OVERLAY_INSPECTOR)
		inspector_draw(canvas, frame, frame->picture, &scene);
	else
		picture_draw(canvas, frame, frame->picture, &scene);
	if (ui->overlay != OVERLAY_HELP && frame->inspector.columns)
		inspector_draw(canvas, frame, frame->inspector, &scene);
	if (status->banner)
		draw_banner(canvas, frame->picture, status->banner);
	footer_draw(canvas, frame->footer, &scene);
}

void ui_draw_plain(const struct ui *ui, struct canvas *canvas, const struct scene_status *status)
{
	struct scene scene = make_scene(ui, status);

	header_draw(canvas, ui->frame.header, &scene, false);
	picture_draw(canvas, &ui->frame, ui->frame.picture, &scene);
}
