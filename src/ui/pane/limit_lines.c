/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/limit_lines.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "model/target.h"
#include "screen/canvas.h"
#include "ui/glyphs.h"

#define NAME_COLUMNS 14 /* the longest name and a blank */

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
	if (line >= rect.lines)
		return;
	canvas_write(canvas, rect.column, rect.line + line, NAME_COLUMNS, name, ROLE_LABEL);
	canvas_write(canvas, rect.column + NAME_COLUMNS, rect.line + line,
		     rect.columns - NAME_COLUMNS, value, role);
}

static void append_gap(struct text *text, const struct limits *limits)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%s from %" PRIx64, format_size(size, limits->gap),
			   limits->gap_start);
}

void limit_lines_draw(struct canvas *canvas, struct rect rect, const struct limits *limits,
		      const struct glyphs *glyphs)
{
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	int line = 0;

	if (rect.lines > 0)
		canvas_write(canvas, rect.column, rect.line, rect.columns, "limits", ROLE_TITLE);
	for (unsigned item = 0; item < LIMIT_COUNT; item++) {
		text_clear(&text);
		if (item != LIMIT_STACK || limits->has_stack)
			limit_lines_append(&text, limits, (enum limit_item)item, glyphs);
		else
			text_append(&text, glyphs->unknown);
		if (item == LIMIT_STACK && limits->has_stack)
			text_append_format(&text, ", %s free below",
					   format_size(size, limits->stack_gap));
		draw_line(canvas, rect, ++line, limit_name((enum limit_item)item),
			  text_string(&text), limit_lines_role(limits->uses[item].level));
	}
	text_clear(&text);
	append_gap(&text, limits);
	draw_line(canvas, rect, ++line, "largest gap", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}
