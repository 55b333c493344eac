/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/display.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/picture/picture.h"
#include "ui/ui.h"

/* The line over the picture that says why it does not change any more. */
static void draw_banner(struct canvas *canvas, struct rect picture,
			const struct scene_status *status)
{
	struct text text = {0};

	text_append_format(&text, " %s; this is %s picture.", status->banner,
			   status->earlier ? "an earlier" : "its last");
	canvas_fill(canvas, picture.column, picture.line, picture.columns, 1, ' ', ROLE_BANNER);
	canvas_set_ground(canvas, picture.column, picture.line, picture.columns, 1, ROLE_BANNER);
	canvas_write(canvas, picture.column, picture.line, picture.columns, text_string(&text),
		     ROLE_BANNER);
	text_finish(&text);
}

/* The frame of the pane that has the focus stands out, where another one could have it. */
static void draw_focus(const struct ui *ui, struct canvas *canvas)
{
	const struct pane *focused = pane_stack_focused(&ui->panes);
	struct rect rect = focused ? focused->rect : (struct rect){0};

	if (!focused || !pane_stack_next(&ui->panes))
		return;
	for (int line = rect.line; line < rect.line + rect.lines; line++)
		for (int column = rect.column; column < rect.column + rect.columns; column++)
			if (canvas->cells[line * canvas->columns + column].role == ROLE_BORDER)
				canvas->cells[line * canvas->columns + column].role = ROLE_TITLE;
}

/* What lies over all panes; NULL: nothing. */
static const struct pane *find_over(const struct ui *ui)
{
	const struct pane *over = pane_stack_top(&ui->panes, PANE_SCREEN);

	return over ? over : pane_stack_top(&ui->panes, PANE_BODY);
}

static void draw_panes(const struct ui *ui, struct canvas *canvas, const struct scene *scene)
{
	const struct pane *over = find_over(ui);

	for (size_t i = 0; i < ui->panes.depth; i++) {
		const struct pane *pane = ui->panes.open[i];

		if (over ? pane == over : pane->rect.lines > 0 && pane->rect.columns > 0)
			pane->ops->draw(pane, canvas, &ui->frame, scene);
	}
}

static void clear(struct canvas *canvas, struct rect rect)
{
	canvas_clear(canvas, rect.column, rect.line, rect.columns, rect.lines);
}

/* Draws those panes that show some of the news; they do not lie upon each other. */
static void renew_panes(const struct ui *ui, struct canvas *canvas, const struct scene *scene,
			unsigned news)
{
	for (size_t i = 0; i < ui->panes.depth; i++) {
		const struct pane *pane = ui->panes.open[i];

		if (pane->rect.lines <= 0 || pane->rect.columns <= 0 ||
		    !(news & ~pane->ops->ignores))
			continue;
		pane->ops->draw(pane, canvas, &ui->frame, scene);
	}
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

	if (!ui->line.asking) {
		footer_draw(canvas, rect, scene);
		return;
	}
	column = prompt_draw(&ui->line.prompt, canvas, rect.column + 1, rect.line, rect.columns - 2,
			     ui->line.asking->label) +
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
	struct scene scene = ui_scene(ui, status);

	clear(canvas, (struct rect){0, 0, canvas->columns, canvas->lines});
	if (frame->too_small) {
		box_draw_too_small(canvas, frame);
		return;
	}
	scene.cursor = true;
	if (!pane_stack_top(&ui->panes, PANE_SCREEN))
		header_draw(canvas, frame->header, &scene, true);
	draw_panes(ui, canvas, &scene);
	draw_focus(ui, canvas);
	if (status->banner && !pane_stack_top(&ui->panes, PANE_SCREEN))
		draw_banner(canvas, frame->main.lines ? frame->main : frame->bottom, status);
	draw_footer(ui, canvas, &scene);
}

void display_renew(const struct ui *ui, struct canvas *canvas, const struct scene_status *status,
		   unsigned news)
{
	const struct frame *frame = &ui->frame;
	struct scene scene = ui_scene(ui, status);

	if (frame->too_small || find_over(ui)) {
		display_draw(ui, canvas, status);
		return;
	}
	scene.cursor = true;
	clear(canvas, frame->header);
	header_draw(canvas, frame->header, &scene, true);
	renew_panes(ui, canvas, &scene, news);
	draw_focus(ui, canvas);
	if (status->banner)
		draw_banner(canvas, frame->main.lines ? frame->main : frame->bottom, status);
	/* Sentences may lie upon panes. */
	if (status->message)
		draw_footer(ui, canvas, &scene);
}

void display_draw_plain(const struct ui *ui, struct canvas *canvas,
			const struct scene_status *status)
{
	struct scene scene = ui_scene(ui, status);

	header_draw(canvas, ui->frame.header, &scene, false);
	picture_draw(canvas, &ui->frame, ui->frame.main, &scene);
	if (status->origin)
		canvas_write(canvas, ui->frame.footer.column + 1, ui->frame.footer.line,
			     ui->frame.footer.columns - 2, status->origin, ROLE_MUTED);
}
