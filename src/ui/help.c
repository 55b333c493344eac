/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/help.h"

#include "base/text.h"
#include "model/kind.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/command.h"
#include "ui/glyphs.h"
#include "ui/pane.h"

#define KEYS_COLUMNS   16
#define LEGEND_COLUMNS 22  /* swatch and the longest label of a kind */
#define LEGEND_FROM    72  /* columns from which the legend stands beside the keys */
#define MEANING_FROM   166 /* columns from which each kind is explained: room for every sentence */

static struct rect help_rect(const struct frame *frame)
{
	return (struct rect){0, frame->header.lines, frame->columns,
			     frame->lines - frame->header.lines - frame->footer.lines};
}

static bool is_beside(const struct frame *frame)
{
	return frame->columns >= LEGEND_FROM;
}

static int help_lines(const struct frame *frame)
{
	size_t commands;

	command_table(&commands);
	if (!is_beside(frame))
		return (int)commands + 1 + KIND_COUNT;
	return (int)commands > KIND_COUNT ? (int)commands : KIND_COUNT;
}

int help_clamp(const struct frame *frame, int top)
{
	int last = help_lines(frame) - frame_inside(frame, help_rect(frame)).lines;

	if (top > last)
		top = last;
	return top < 0 ? 0 : top;
}

static void draw_command(struct canvas *canvas, int column, int line, int columns,
			 const struct command *command)
{
	struct text keys = {0};
	char name[KEY_NAME_LENGTH];

	for (size_t i = 0; i < COMMAND_KEYS_MAX && command->keys[i]; i++)
		text_append_format(&keys, "%s%s", i ? " " : "", key_name(command->keys[i], name));
	canvas_write(canvas, column, line, KEYS_COLUMNS, text_string(&keys), ROLE_KEY);
	canvas_write(canvas, column + KEYS_COLUMNS + 1, line, columns - KEYS_COLUMNS - 1,
		     command->help, ROLE_DEFAULT);
	text_finish(&keys);
}

static void draw_kind(struct canvas *canvas, const struct glyphs *glyphs, int column, int line,
		      int columns, enum kind kind)
{
	bool access = kind != KIND_GUARD && kind != KIND_RESERVE;

	if (kind == KIND_GAP)
		canvas_put(canvas, column, line, glyphs->gap, ROLE_KIND_GAP);
	else
		canvas_fill(canvas, column, line, 3, 1,
			    access ? glyphs->bar_top : glyphs->no_access, ROLE_KIND_TEXT + kind);
	canvas_write(canvas, column + 4, line, LEGEND_COLUMNS - 4, kind_label(kind), ROLE_DEFAULT);
	if (columns > LEGEND_COLUMNS + 40)
		canvas_write(canvas, column + LEGEND_COLUMNS, line, columns - LEGEND_COLUMNS,
			     kind_meaning(kind), ROLE_MUTED);
}

void help_draw(struct canvas *canvas, const struct frame *frame, const struct glyphs *glyphs,
	       int top)
{
	struct rect rect = help_rect(frame), inside = frame_inside(frame, rect);
	bool beside = is_beside(frame);
	int keys = beside ? inside.columns - LEGEND_COLUMNS - 1 : inside.columns - 2;
	size_t count;
	const struct command *commands = command_table(&count);

	if (frame->columns >= MEANING_FROM)
		keys = 60;
	pane_draw(canvas, frame, rect,
		  &(struct pane){.title = "help: keys and colours", .note = "Esc leaves"});
	for (int i = 0; i < inside.lines; i++) {
		int at = top + i, kind = beside ? at : at - (int)count - 1;
		int column = inside.column + 1;

		if (at < (int)count)
			draw_command(canvas, column, inside.line + i, keys, &commands[at]);
		if (beside)
			column += keys;
		if (kind >= 0 && kind < KIND_COUNT)
			draw_kind(canvas, glyphs, column, inside.line + i,
				  inside.column + inside.columns - column, kind);
	}
}
