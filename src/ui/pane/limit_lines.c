/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/limit_lines.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/target.h"
#include "screen/canvas.h"
#include "ui/glyphs.h"

#define NAME_COLUMNS 14 /* the longest name and a blank */
#define FLOW_BLANKS  3  /* between two that stand on one line */

enum role limit_lines_role(enum limit_level level)
{
	switch (level) {
	case LIMIT_NEAR: return ROLE_WARNING;
	case LIMIT_SHORT: return ROLE_DANGER;
	default: return ROLE_DEFAULT;
	}
}

static void append_amount(struct text *text, enum limit_item item, uint64_t amount)
{
	char size[FORMAT_SIZE_LENGTH], number[FORMAT_NUMBER_LENGTH];

	text_append(text, item == LIMIT_MAPPINGS ? format_number(number, amount)
						 : format_size(size, amount));
}

void limit_lines_append(struct text *text, const struct limits *limits, enum limit_item item,
			const struct glyphs *glyphs)
{
	const struct limit_use *use = &limits->uses[item];

	if (use->used == TARGET_UNKNOWN)
		text_append(text, glyphs->unknown);
	else
		append_amount(text, item, use->used);
	if (use->limit == TARGET_UNLIMITED) {
		text_append(text, ", no limit");
		return;
	}
	text_append(text, " of ");
	if (use->limit == TARGET_UNKNOWN)
		text_append(text, glyphs->unknown);
	else
		append_amount(text, item, use->limit);
}

static void draw_line(struct canvas *canvas, struct rect rect, int line, const char *name,
		      const char *value, enum role role)
{
	const int columns = rect.columns < NAME_COLUMNS ? rect.columns : NAME_COLUMNS;

	if (line >= rect.lines)
		return;
	canvas_write(canvas, rect.column, rect.line + line, columns, name, ROLE_LABEL);
	canvas_write(canvas, rect.column + NAME_COLUMNS, rect.line + line,
		     rect.columns - NAME_COLUMNS, value, role);
}

/* What is said of a limit, and behind the last one of the largest gap; returns its name. */
static const char *append_value(struct text *text, const struct limits *limits, unsigned item,
				const struct glyphs *glyphs)
{
	char size[FORMAT_SIZE_LENGTH];

	if (item == LIMIT_COUNT) {
		text_append_format(text, "%s from %" PRIx64, format_size(size, limits->gap),
				   limits->gap_start);
		return "largest gap";
	}
	if (item != LIMIT_STACK || limits->has_stack)
		limit_lines_append(text, limits, (enum limit_item)item, glyphs);
	else
		text_append(text, glyphs->unknown);
	if (item == LIMIT_STACK && limits->has_stack)
		text_append_format(text, ", %s free below", format_size(size, limits->stack_gap));
	return limit_name((enum limit_item)item);
}

static enum role value_role(const struct limits *limits, unsigned item)
{
	return item < LIMIT_COUNT ? limit_lines_role(limits->uses[item].level) : ROLE_DEFAULT;
}

void limit_lines_draw(struct canvas *canvas, struct rect rect, const struct limits *limits,
		      const struct glyphs *glyphs)
{
	struct text text = {0};

	if (rect.lines > 0)
		canvas_write(canvas, rect.column, rect.line, rect.columns, "limits", ROLE_TITLE);
	for (unsigned item = 0; item <= LIMIT_COUNT; item++) {
		const char *name;

		text_clear(&text);
		name = append_value(&text, limits, item, glyphs);
		draw_line(canvas, rect, 1 + (int)item, name, text_string(&text),
			  value_role(limits, item));
	}
	text_finish(&text);
}

int limit_lines_flow(struct canvas *canvas, struct rect rect, const struct limits *limits,
		     const struct glyphs *glyphs)
{
	struct text text = {0};
	int column = 0, line = 0;

	for (unsigned item = 0; item <= LIMIT_COUNT; item++) {
		const char *name;
		int label, value;

		text_clear(&text);
		name = append_value(&text, limits, item, glyphs);
		label = (int)utf8_columns(name) + 1;
		value = (int)utf8_columns(text_string(&text));
		if (column && column + label + value > rect.columns) {
			column = 0;
			line++;
		}
		if (line >= rect.lines)
			break;
		if (canvas) {
			int at = rect.column + column, end = rect.column + rect.columns;

			canvas_write(canvas, at, rect.line + line, end - at, name, ROLE_LABEL);
			at += label;
			canvas_write(canvas, at, rect.line + line, end - at, text_string(&text),
				     value_role(limits, item));
		}
		column += label + value + FLOW_BLANKS;
	}
	text_finish(&text);
	return line + (column > 0);
}
