/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/headroom_lines.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "model/target.h"
#include "screen/canvas.h"
#include "ui/glyphs.h"

#define NAME_COLUMNS 14 /* the longest name and a blank */

enum role headroom_lines_role(enum headroom_level level)
{
	switch (level) {
	case HEADROOM_NEAR: return ROLE_WARNING;
	case HEADROOM_SHORT: return ROLE_DANGER;
	default: return ROLE_DEFAULT;
	}
}

static void append_amount(struct text *text, enum headroom_item item, uint64_t amount)
{
	char size[FORMAT_SIZE_LENGTH], number[FORMAT_NUMBER_LENGTH];

	text_append(text, item == HEADROOM_MAPPINGS ? format_number(number, amount)
						    : format_size(size, amount));
}

void headroom_lines_append(struct text *text, const struct headroom *headroom,
			   enum headroom_item item, const struct glyphs *glyphs)
{
	const struct headroom_use *use = &headroom->uses[item];

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

static void append_gap(struct text *text, const struct headroom *headroom)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%s from %" PRIx64, format_size(size, headroom->gap),
			   headroom->gap_start);
}

void headroom_lines_draw(struct canvas *canvas, struct rect rect, const struct headroom *headroom,
			 const struct glyphs *glyphs)
{
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	int line = 0;

	if (rect.lines > 0)
		canvas_write(canvas, rect.column, rect.line, rect.columns, "limits", ROLE_TITLE);
	for (unsigned item = 0; item < HEADROOM_COUNT; item++) {
		text_clear(&text);
		if (item != HEADROOM_STACK || headroom->has_stack)
			headroom_lines_append(&text, headroom, (enum headroom_item)item, glyphs);
		else
			text_append(&text, glyphs->unknown);
		if (item == HEADROOM_STACK && headroom->has_stack)
			text_append_format(&text, ", %s free below",
					   format_size(size, headroom->stack_gap));
		draw_line(canvas, rect, ++line, headroom_item_name((enum headroom_item)item),
			  text_string(&text), headroom_lines_role(headroom->uses[item].level));
	}
	text_clear(&text);
	append_gap(&text, headroom);
	draw_line(canvas, rect, ++line, "largest gap", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}
