/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/plain.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/theme.h"

/* Whether a blank in that style can be seen. */
static bool shows_blanks(const struct style *style)
{
	return style->background.type != COLOUR_DEFAULT ||
	       (style->attributes & (STYLE_UNDERLINE | STYLE_REVERSE));
}

/* ECMA-48 8.3.117, with the bright colours (90 to 97, 100 to 107) and 24 bits as in xterm. */
static void append_colour(struct text *text, const struct colour *colour, int base)
{
	if (colour->type == COLOUR_RGB)
		text_append_format(text, ";%d;2;%d;%d;%d", base + 8, colour->red, colour->green,
				   colour->blue);
	else if (colour->type == COLOUR_ANSI)
		text_append_format(text, ";%d",
				   colour->ansi < 8 ? base + colour->ansi
						    : base + 60 + colour->ansi - 8);
}

static void append_style(struct text *text, const struct style *style)
{
	static const struct {
		uint8_t bit;
		const char *parameter;
	} attributes[] = {
		{STYLE_BOLD, ";1"},      {STYLE_DIM, ";2"},     {STYLE_ITALIC, ";3"},
		{STYLE_UNDERLINE, ";4"}, {STYLE_REVERSE, ";7"},
	};

	text_append(text, "\033[0");
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (style->attributes & attributes[i].bit)
			text_append(text, attributes[i].parameter);
	append_colour(text, &style->foreground, 30);
	append_colour(text, &style->background, 40);
	text_append_char(text, 'm');
}

/* The columns up to the last that can be seen. */
static int visible_columns(const struct cell *cells, int columns, const struct theme *theme,
			   bool colour)
{
	while (columns > 0) {
		const struct cell *last = &cells[columns - 1];
		struct style style;

		if (last->glyph != ' ')
			break;
		if (colour) {
			style = theme_cell_style(theme, last->role, last->ground);
			if (shows_blanks(&style))
				break;
		}
		columns--;
	}
	return columns;
}

static bool has_look_of(const struct cell *cell, const struct cell *other)
{
	return cell->role == other->role && cell->ground == other->ground;
}

/* From the style of the cells before to that of the cell. */
static void change_style(struct text *text, const struct theme *theme, const struct cell *cell,
			 struct style *now)
{
	struct style style = theme_cell_style(theme, cell->role, cell->ground);

	if (memcmp(&style, now, sizeof(style)) != 0)
		append_style(text, &style);
	*now = style;
}

static void append_line(struct text *text, const struct cell *cells, int columns,
			const struct theme *theme, bool colour)
{
	static const struct style none;
	struct style now = none;
	char bytes[4];

	columns = visible_columns(cells, columns, theme, colour);
	for (int x = 0; x < columns; x++) {
		if (cells[x].glyph == 0)
			continue;
		if (colour && !(x && has_look_of(&cells[x], &cells[x - 1])))
			change_style(text, theme, &cells[x], &now);
		text_append_bytes(text, bytes, utf8_encode(cells[x].glyph, bytes));
	}
	if (memcmp(&now, &none, sizeof(now)) != 0)
		append_style(text, &none);
	text_append_char(text, '\n');
}

int plain_write(FILE *stream, const struct canvas *canvas, const struct theme *theme, bool colour)
{
	struct text text = {0};
	int result = 0;

	for (int y = 0; y < canvas->lines; y++)
		append_line(&text, canvas->cells + (size_t)y * (size_t)canvas->columns,
			    canvas->columns, theme, colour);
	errno = 0;
	if (fwrite(text_string(&text), 1, text.length, stream) != text.length ||
	    fflush(stream) != 0)
		result = errno ? -errno : -EIO;
	text_finish(&text);
	return result;
}
