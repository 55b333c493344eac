/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/help.h"

#include <string.h>

#include "screen/canvas.h"
#include "ui/glyphs.h"
#include "ui/help_keys.h"
#include "ui/help_lessons.h"
#include "ui/help_sheet.h"
#include "ui/pane.h"

static struct rect help_rect(const struct frame *frame)
{
	return (struct rect){0, frame->header.lines, frame->columns,
			     frame->lines - frame->header.lines - frame->footer.lines};
}

/* Where the text is: a column free at either side. */
static struct rect text_rect(const struct frame *frame)
{
	struct rect inside = frame_inside(frame, help_rect(frame));

	inside.column++;
	inside.columns -= 2;
	return inside;
}

/* Writes all of it, or with a canvas of NULL nothing; returns its lines. */
static int write_all(struct canvas *canvas, int columns, const struct glyphs *glyphs,
		     const struct keymap *keymap)
{
	struct help_sheet sheet = {.canvas = canvas, .columns = columns, .glyphs = glyphs};

	help_keys_write(&sheet, keymap);
	help_lessons_write(&sheet);
	return sheet.line;
}

int help_clamp(const struct frame *frame, int top)
{
	struct rect rect = text_rect(frame);
	int last = write_all(NULL, rect.columns, glyphs_get(true), NULL) - rect.lines;

	if (top > last)
		top = last;
	return top < 0 ? 0 : top;
}

/* Written whole, and what is on the screen copied: sentences may be scrolled into. */
void help_draw(struct canvas *canvas, const struct frame *frame, const struct glyphs *glyphs,
	       const struct keymap *keymap, int top)
{
	struct rect rect = text_rect(frame);
	int lines = write_all(NULL, rect.columns, glyphs, keymap);
	struct canvas *sheet = canvas_create(rect.columns, lines, canvas->ascii);

	pane_draw(canvas, frame, help_rect(frame),
		  &(struct pane){.title = "help", .note = "arrows scroll  Esc leaves"});
	write_all(sheet, rect.columns, glyphs, keymap);
	for (int i = 0; i < rect.lines && top + i < lines; i++)
		memcpy(&canvas->cells[(rect.line + i) * canvas->columns + rect.column],
		       &sheet->cells[(top + i) * rect.columns],
		       (size_t)rect.columns * sizeof(*sheet->cells));
	canvas_destroy(sheet);
}
