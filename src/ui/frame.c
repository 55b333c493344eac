/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/frame.h"

#define HEADER_LINES     2
#define NARROW_COLUMNS   72 /* below: the inspector covers the picture instead */
#define BORDER_LINES_MIN 16 /* below: lines are too dear for borders */
#define PICTURE_LINES    8  /* the least that a bottom pane leaves of the picture */

static int inspector_columns(int columns)
{
	int wanted = columns * 3 / 10;

	return wanted < 28 ? 28 : wanted > 52 ? 52 : wanted;
}

/* A bottom pane takes its lines from the picture, or all of them where too few would be left. */
static void measure_bottom(struct frame *frame, int lines)
{
	struct rect *main = &frame->main;

	if (lines <= 0)
		return;
	if (main->lines - lines < PICTURE_LINES)
		lines = main->lines;
	main->lines -= lines;
	frame->bottom = (struct rect){0, main->line + main->lines, frame->columns, lines};
}

void frame_measure(struct frame *frame, int columns, int lines, const struct frame_wish *wish)
{
	int body = lines - HEADER_LINES - 1;

	*frame = (struct frame){.columns = columns, .lines = lines};
	frame->too_small = columns < FRAME_COLUMNS_MIN || lines < FRAME_LINES_MIN;
	if (frame->too_small)
		return;
	frame->narrow = columns < NARROW_COLUMNS;
	frame->bordered = lines >= BORDER_LINES_MIN;
	frame->header = (struct rect){0, 0, columns, HEADER_LINES};
	frame->footer = (struct rect){0, lines - 1, columns, 1};
	frame->main = (struct rect){0, HEADER_LINES, columns, body};
	measure_bottom(frame, wish->bottom_lines);
	body = frame->main.lines;
	if (wish->aside && !frame->narrow && body) {
		int aside = inspector_columns(columns);

		frame->main.columns -= aside;
		frame->aside = (struct rect){columns - aside, HEADER_LINES, aside, body};
	}
}

void frame_measure_plain(struct frame *frame, int columns, int lines, bool footer)
{
	*frame = (struct frame){.columns = columns, .lines = lines, .narrow = true};
	frame->header = (struct rect){0, 0, columns, HEADER_LINES};
	frame->main = (struct rect){0, HEADER_LINES, columns, lines - HEADER_LINES - footer};
	frame->footer = (struct rect){0, lines - footer, columns, footer};
}

struct rect frame_inside(const struct frame *frame, struct rect pane)
{
	/* Without a border the title still takes a line. */
	if (!frame->bordered)
		return (struct rect){pane.column, pane.line + 1, pane.columns, pane.lines - 1};
	return (struct rect){pane.column + 1, pane.line + 1, pane.columns - 2, pane.lines - 2};
}

bool frame_contains(struct rect rect, int column, int line)
{
	return column >= rect.column && column < rect.column + rect.columns && line >= rect.line &&
	       line < rect.line + rect.lines;
}
