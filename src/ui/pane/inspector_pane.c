/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/inspector_pane.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/glyphs.h"
#include "ui/picture/band_usage.h"
#include "ui/picture/bar.h"
#include "ui/text/explain.h"
#include "ui/ui.h"

#define VALUE_COLUMNS   8 /* a size and a blank, before a bar */
#define BAR_COLUMNS_MIN 4
#define BAR_COLUMNS_MAX 16

/* Columns before the value: permission letters stand closer than words. */
static int value_indent(const struct statement *statement)
{
	if (!statement->label)
		return 0;
	return utf8_columns(statement->label) == 1 ? 2 : EXPLAIN_LABEL_COLUMNS;
}

static int statement_lines(const struct statement *statement, int columns)
{
	if (!statement->value)
		return 1;
	return box_write_wrapped(NULL, 0, 0, columns - value_indent(statement), 0, statement->value,
				 statement->role);
}

/* The bar beside a value, where there is room for one. */
static void draw_share(struct canvas *canvas, const struct statement *statement, struct rect inside,
		       int line)
{
	const struct row_usage row = {
		.known = true, .size = statement->whole, .resident = statement->part};
	int indent = value_indent(statement) + VALUE_COLUMNS, columns = inside.columns - indent;

	if (!statement->whole || columns < BAR_COLUMNS_MIN)
		return;
	bar_draw(canvas, glyphs_get(!canvas->ascii),
		 &(struct bar){
			 .column = inside.column + indent,
			 .line = inside.line + line,
			 .columns = columns < BAR_COLUMNS_MAX ? columns : BAR_COLUMNS_MAX,
			 .glyph = glyphs_get(!canvas->ascii)->bar_top,
			 .role = ROLE_CHART,
			 .row = &row,
		 });
}

/* Statements that do not fit whole are left out from there on, so that no sentence is cut. */
static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	struct rect inside = frame_inside(frame, pane->rect);
	struct explanation explanation;
	int line = 0;

	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	explain_band(&explanation, scene, &scene->selected);
	box_draw(canvas, frame, pane->rect, &(struct box){.title = explanation.title});
	for (size_t i = 0; i < explanation.count; i++) {
		const struct statement *statement = &explanation.statements[i];
		int indent = value_indent(statement);
		int lines = statement_lines(statement, inside.columns);

		if (line + lines > inside.lines)
			break;
		if (statement->label)
			canvas_write(canvas, inside.column, inside.line + line,
				     EXPLAIN_LABEL_COLUMNS, statement->label, ROLE_LABEL);
		if (statement->value)
			box_write_wrapped(canvas, inside.column + indent, inside.line + line,
					  inside.columns - indent, lines, statement->value,
					  statement->role);
		draw_share(canvas, statement, inside, line);
		line += lines;
	}
	explanation_finish(&explanation);
}

const struct pane_ops inspector_pane = {
	.name = "inspector",
	.place = PANE_ASIDE,
	.from_start = true,
	.ignores = PANE_NEWS_PULSE,
	.size = sizeof(struct pane),
	.draw = draw,
};

void inspector_pane_toggle(struct ui *ui)
{
	struct pane *pane = arrange_pane(ui, &inspector_pane);

	if (!ui->frame.narrow) {
		arrange_toggle(ui, &inspector_pane);
		return;
	}
	if (!pane_stack_is_open(&ui->panes, pane))
		arrange_open(ui, &inspector_pane);
	pane->over = !pane->over;
	arrange_again(ui);
}
