/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/inspector_pane.h"

#include <assert.h>
#include <stdio.h>

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
#include "ui/text/sentence.h"
#include "ui/ui.h"

/* What there is no room for is on further pages, of the band that they were turned for. */
struct inspector {
	struct pane pane;
	uint64_t start; /* of that band */
	size_t page;    /* from 0; after the last one follows the first */
};

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
	return box_wrapped_lines(columns - value_indent(statement), statement->value);
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

static bool is_blank(const struct statement *statement)
{
	return !statement->label && !statement->value;
}

/*
 * The statements of the page, from *first on: those that fit whole, so that no sentence is cut, and
 * one at least. No page begins with a blank line.
 */
static size_t page_end(const struct explanation *explanation, struct rect inside, size_t *first)
{
	size_t i = *first;
	int line = 0;

	while (i > 0 && i < explanation->count && is_blank(&explanation->statements[i]))
		i++;
	*first = i;
	for (; i < explanation->count; i++) {
		line += statement_lines(&explanation->statements[i], inside.columns);
		if (line > inside.lines)
			break;
	}
	return i > *first ? i : *first + 1;
}

/* One at least: of each band something is said. */
static size_t count_pages(const struct explanation *explanation, struct rect inside)
{
	size_t pages = 0, first = 0;

	while (first < explanation->count) {
		size_t end = page_end(explanation, inside, &first);

		pages += first < explanation->count;
		first = end;
	}
	assert(pages > 0);
	return pages;
}

static struct rect text_rect(const struct pane *pane, const struct frame *frame)
{
	struct rect inside = frame_inside(frame, pane->rect);

	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	return inside;
}

/* What stands below another statement has room for all of its lines. */
static void draw_statement(struct canvas *canvas, const struct statement *statement,
			   struct rect inside, int line)
{
	int indent = value_indent(statement);

	if (statement->label)
		canvas_write(canvas, inside.column, inside.line + line, EXPLAIN_LABEL_COLUMNS,
			     statement->label, ROLE_LABEL);
	if (statement->value)
		box_write_wrapped(canvas, inside.column + indent, inside.line + line,
				  inside.columns - indent, inside.lines, statement->value,
				  statement->role);
	draw_share(canvas, statement, inside, line);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct inspector *self = (const struct inspector *)pane;
	struct rect inside = text_rect(pane, frame);
	struct explanation explanation;
	size_t pages, page, first = 0, end;
	char note[64] = "";
	int line = 0;

	explain_band(&explanation, scene, &scene->selected);
	pages = count_pages(&explanation, inside);
	page = self->start == scene->selected.start ? self->page % pages : 0;
	if (pages > 1)
		snprintf(note, sizeof(note), "] %zu/%zu", page + 1, pages);
	box_draw(canvas, frame, pane->rect,
		 &(struct box){.title = explanation.title, .note = *note ? note : NULL});
	end = page_end(&explanation, inside, &first);
	while (page-- > 0) {
		first = end;
		end = page_end(&explanation, inside, &first);
	}
	for (size_t i = first; i < end && i < explanation.count; i++) {
		draw_statement(canvas, &explanation.statements[i], inside, line);
		line += statement_lines(&explanation.statements[i], inside.columns);
	}
	explanation_finish(&explanation);
}

static size_t pages_of(const struct pane *pane, const struct ui *ui, const struct scene *scene)
{
	struct explanation explanation;
	size_t pages;

	explain_band(&explanation, scene, &scene->selected);
	pages = count_pages(&explanation, text_rect(pane, &ui->frame));
	explanation_finish(&explanation);
	return pages;
}

/* Turns to the page after the one that is shown, or before it. */
static void turn(struct pane *pane, struct ui *ui, int direction)
{
	struct inspector *self = (struct inspector *)pane;
	const struct scene scene = ui_scene(ui, NULL);
	size_t pages;

	if (!scene.space)
		return;
	pages = pages_of(pane, ui, &scene);
	if (self->start != scene.selected.start)
		self->page = 0;
	self->start = scene.selected.start;
	self->page = (self->page % pages + pages + (size_t)direction) % pages;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	(void)mouse;
	turn(pane, ui, direction);
}

const struct pane_ops inspector_pane = {
	.name = "inspector",
	.place = PANE_ASIDE,
	.from_start = true,
	.ignores = PANE_NEWS_PULSE,
	.size = sizeof(struct inspector),
	.draw = draw,
	.wheel = wheel,
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

const char *inspector_pane_why_not_turn(const struct ui *ui)
{
	const struct pane *pane = pane_stack_find(&ui->panes, &inspector_pane);
	const struct scene scene = ui_scene(ui, NULL);

	if (pane->rect.lines <= 0 || !scene.space)
		return "The inspector is not shown; " SENTENCE_KEY("inspector") " shows it.";
	return pages_of(pane, ui, &scene) > 1 ? NULL : "The inspector shows all that it says.";
}

void inspector_pane_turn(struct ui *ui)
{
	turn(arrange_pane(ui, &inspector_pane), ui, 1);
}
