/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/help_pane.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/list.h"
#include "ui/pane/help_keys.h"
#include "ui/pane/help_lessons.h"
#include "ui/pane/help_sheet.h"
#include "ui/ui.h"

struct help_pane {
	struct pane pane;
	size_t top; /* the first line that is shown */
};

static void open(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct help_pane *)pane)->top = 0;
}

/* Where the text is: a column free at either side. */
static struct rect text_rect(const struct pane *pane, const struct frame *frame)
{
	struct rect inside = frame_inside(frame, pane->rect);

	inside.column++;
	inside.columns -= 2;
	return inside;
}

/* Writes all of it on the sheet, or without a canvas nothing; returns its lines. */
static int write_all(struct help_sheet sheet, const struct keymap *keymap)
{
	help_keys_write(&sheet, keymap);
	help_lessons_write(&sheet);
	return sheet.line;
}

static int count_lines(int columns, const struct glyphs *glyphs, const struct keymap *keymap)
{
	return write_all((struct help_sheet){.columns = columns, .glyphs = glyphs}, keymap);
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct help_pane *self = (struct help_pane *)pane;
	struct rect rect = text_rect(pane, &ui->frame);
	int below = count_lines(rect.columns, ui->glyphs, ui->keymap) - rect.lines;
	size_t last = below > 0 ? (size_t)below : 0;

	if (self->top > last)
		self->top = last;
}

/* Written whole, and what is on the screen copied: sentences may be scrolled into. */
static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	struct rect rect = text_rect(pane, frame);
	int top = (int)((const struct help_pane *)pane)->top;
	int lines = count_lines(rect.columns, scene->glyphs, scene->keymap);
	struct canvas *sheet = canvas_create(rect.columns, lines, canvas->ascii);

	box_draw(canvas, frame, pane->rect,
		 &(struct box){.title = "help", .note = "arrows scroll  Esc leaves"});
	write_all((struct help_sheet){.canvas = sheet,
				      .columns = rect.columns,
				      .glyphs = scene->glyphs,
				      .letters = scene->letters},
		  scene->keymap);
	for (int i = 0; i < rect.lines && top + i < lines; i++)
		memcpy(&canvas->cells[(rect.line + i) * canvas->columns + rect.column],
		       &sheet->cells[(top + i) * rect.columns],
		       (size_t)rect.columns * sizeof(*sheet->cells));
	canvas_destroy(sheet);
	if (frame->bordered)
		box_draw_thumb(canvas, scene->glyphs->thumb,
			       &(struct box_part){
				       .column = pane->rect.column + pane->rect.columns - 1,
				       .line = rect.line,
				       .lines = rect.lines,
				       .from = (uint64_t)top,
				       .all = (uint64_t)lines,
			       });
}

static void scroll(struct help_pane *self, struct ui *ui, size_t lines, int direction)
{
	struct rect rect = text_rect(&self->pane, &ui->frame);
	size_t all = (size_t)count_lines(rect.columns, ui->glyphs, ui->keymap);

	self->top = list_move(self->top, all, lines, direction);
	settle(&self->pane, ui);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	scroll((struct help_pane *)pane, ui,
	       list_step(step, frame_inside(&ui->frame, pane->rect).lines, SIZE_MAX), direction);
}

/* As in pagers. */
static bool key(struct pane *pane, struct ui *ui, uint32_t key)
{
	if (key != KEY_SPACE)
		return false;
	move(pane, ui, PANE_PAGE, 1);
	return true;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	(void)mouse;
	scroll((struct help_pane *)pane, ui, PANE_WHEEL_LINES, direction);
}

const struct pane_ops help_pane = {
	.name = "help",
	.place = PANE_BODY,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_ALL,
	.size = sizeof(struct help_pane),
	.open = open,
	.settle = settle,
	.draw = draw,
	.key = key,
	.move = move,
	.wheel = wheel,
};
