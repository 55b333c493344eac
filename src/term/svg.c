/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/svg.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/colour.h"
#include "screen/theme.h"
#include "term/svg_shape.h"

#define BASELINE 12 /* of text below the top of its cell */
/* A monospaced font's characters are 0.6 of its size wide; textLength sees to the rest. */
#define FONT_SIZE "13.33"

#define COLOUR_LENGTH sizeof("#rrggbb")
#define DARK          0x000000
#define LIGHT         0xffffff

enum { REPLACEMENT = 0xfffd, SURROGATE_FIRST = 0xd800, SURROGATE_LAST = 0xdfff };

struct svg {
	struct text text;
	const struct canvas *canvas;
	const struct theme *theme;
	bool dark;
};

/* How a cell looks on this page. */
struct paint {
	uint32_t foreground, background;
	uint8_t attributes; /* STYLE_…, without reverse */
};

static uint32_t page_colour(const struct svg *svg, bool ink)
{
	return ink == svg->dark ? LIGHT : DARK;
}

static uint32_t resolve(const struct svg *svg, const struct colour *colour, bool ink)
{
	return colour->type == COLOUR_DEFAULT ? page_colour(svg, ink) : colour_rgb(colour);
}

static struct paint find_paint(const struct svg *svg, const struct cell *cell)
{
	bool drawn = svg_shape_is_known(cell->glyph);
	const struct style style = drawn ? theme_cell_style(svg->theme, cell->role, cell->ground)
					 : theme_letter_style(svg->theme, cell->role, cell->ground);
	struct paint paint = {resolve(svg, &style.foreground, true),
			      resolve(svg, &style.background, false), style.attributes};

	if (style.attributes & STYLE_REVERSE)
		paint = (struct paint){paint.background, paint.foreground, paint.attributes};
	paint.attributes &= (uint8_t)~STYLE_REVERSE;
	return paint;
}

static const struct cell *line_cells(const struct svg *svg, int line)
{
	return svg->canvas->cells + (size_t)line * (size_t)svg->canvas->columns;
}

static const char *format_colour(char out[static COLOUR_LENGTH], uint32_t rgb)
{
	static const char digits[] = "0123456789abcdef";

	out[0] = '#';
	for (int i = 0; i < 6; i++)
		out[1 + i] = digits[rgb >> (20 - 4 * i) & 15];
	out[7] = '\0';
	return out;
}

/* XML 1.0, 2.2 (characters) and 2.4 (what must be escaped). */
static void append_character(struct text *text, uint32_t glyph)
{
	char bytes[4];

	if (glyph < 0x20 || glyph == 0xfffe || glyph == 0xffff ||
	    (glyph >= SURROGATE_FIRST && glyph <= SURROGATE_LAST))
		glyph = REPLACEMENT;
	switch (glyph) {
	case '&': text_append(text, "&amp;"); break;
	case '<': text_append(text, "&lt;"); break;
	case '>': text_append(text, "&gt;"); break;
	default: text_append_bytes(text, bytes, utf8_encode(glyph, bytes));
	}
}

static void append_string(struct text *text, const char *string)
{
	size_t length = strlen(string), taken;
	uint32_t codepoint;

	for (; length; string += taken, length -= taken) {
		taken = utf8_decode(string, length, &codepoint);
		append_character(text, taken ? codepoint : REPLACEMENT);
		taken = taken ? taken : 1;
	}
}

/* The grounds of a line, where they are not the page's. */
static void append_grounds(struct svg *svg, int line)
{
	const struct cell *cells = line_cells(svg, line);
	char colour[COLOUR_LENGTH];

	for (int at = 0, next; at < svg->canvas->columns; at = next) {
		uint32_t ground = find_paint(svg, &cells[at]).background;

		next = at + 1;
		while (next < svg->canvas->columns &&
		       find_paint(svg, &cells[next]).background == ground)
			next++;
		if (ground == page_colour(svg, false))
			continue;
		text_append_format(&svg->text,
				   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
				   "fill=\"%s\"/>\n",
				   at * SVG_CELL_COLUMNS, line * SVG_CELL_LINES,
				   (next - at) * SVG_CELL_COLUMNS, SVG_CELL_LINES,
				   format_colour(colour, ground));
	}
}

static void append_shapes(struct svg *svg, int line)
{
	const struct cell *cells = line_cells(svg, line);
	char colour[COLOUR_LENGTH];

	for (int at = 0, next; at < svg->canvas->columns; at = next) {
		uint32_t foreground = find_paint(svg, &cells[at]).foreground;

		next = at + 1;
		if (!svg_shape_is_known(cells[at].glyph))
			continue;
		while (next < svg->canvas->columns && cells[next].glyph == cells[at].glyph &&
		       find_paint(svg, &cells[next]).foreground == foreground)
			next++;
		svg_shape_append(&svg->text, cells[at].glyph, at * SVG_CELL_COLUMNS,
				 line * SVG_CELL_LINES, next - at,
				 format_colour(colour, foreground));
	}
}

/* What stands as a blank in the text. */
static bool is_blank(const struct cell *cell)
{
	return cell->glyph == ' ' || svg_shape_is_known(cell->glyph);
}

/* Whether the cell can be written with those before it, which look so. */
static bool continues(const struct svg *svg, const struct cell *cell, const struct paint *paint)
{
	struct paint own = find_paint(svg, cell);

	if (is_blank(cell))
		return !((own.attributes ^ paint->attributes) & STYLE_UNDERLINE);
	return own.foreground == paint->foreground && own.attributes == paint->attributes;
}

static void append_attributes(struct text *text, const struct paint *paint)
{
	static const struct {
		uint8_t bit;
		const char *attribute;
	} attributes[] = {
		{STYLE_BOLD, " font-weight=\"bold\""},
		{STYLE_DIM, " fill-opacity=\"0.6\""},
		{STYLE_ITALIC, " font-style=\"italic\""},
		{STYLE_UNDERLINE, " text-decoration=\"underline\""},
	};
	char colour[COLOUR_LENGTH];

	text_append_format(text, " fill=\"%s\"", format_colour(colour, paint->foreground));
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (paint->attributes & attributes[i].bit)
			text_append(text, attributes[i].attribute);
}

/* Appends the cells that look alike from there on, up to the end; returns where they end. */
static int append_run(struct svg *svg, const struct cell *cells, int at, int end)
{
	struct paint paint = find_paint(svg, &cells[at]);
	int next = at + 1;

	while (next < end && (!cells[next].glyph || continues(svg, &cells[next], &paint)))
		next++;
	text_append_format(&svg->text,
			   "<tspan x=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
			   at * SVG_CELL_COLUMNS, (next - at) * SVG_CELL_COLUMNS);
	append_attributes(&svg->text, &paint);
	text_append_char(&svg->text, '>');
	for (int i = at; i < next; i++)
		if (cells[i].glyph)
			append_character(&svg->text, is_blank(&cells[i]) ? ' ' : cells[i].glyph);
	text_append(&svg->text, "</tspan>");
	return next;
}

/* A line is one element, so that it is selected and copied as one. */
static void append_text(struct svg *svg, int line)
{
	const struct cell *cells = line_cells(svg, line);
	int end = svg->canvas->columns, at = 0;

	while (end > 0 && is_blank(&cells[end - 1]))
		end--;
	while (at < end && is_blank(&cells[at]))
		at++;
	if (at == end)
		return;
	text_append_format(&svg->text, "<text xml:space=\"preserve\" y=\"%d\">",
			   line * SVG_CELL_LINES + BASELINE);
	while (at < end)
		at = append_run(svg, cells, at, end);
	text_append(&svg->text, "</text>\n");
}

static void append_head(struct svg *svg, const char *title)
{
	int width = svg->canvas->columns * SVG_CELL_COLUMNS;
	int height = svg->canvas->lines * SVG_CELL_LINES;
	char colour[COLOUR_LENGTH];

	text_append_format(&svg->text,
			   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
			   "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
			   "font-family=\"monospace\" font-size=\"" FONT_SIZE "\">\n<title>",
			   width, height, width, height);
	append_string(&svg->text, title);
	text_append_format(&svg->text, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
			   width, height, format_colour(colour, page_colour(svg, false)));
}

int svg_write(FILE *stream, const struct canvas *canvas, const struct theme *theme,
	      const struct svg_page *page)
{
	struct svg svg = {.canvas = canvas, .theme = theme, .dark = page->dark};
	int result = 0;

	append_head(&svg, page->title);
	text_append(&svg.text, "<g shape-rendering=\"crispEdges\">\n");
	for (int line = 0; line < canvas->lines; line++)
		append_grounds(&svg, line);
	for (int line = 0; line < canvas->lines; line++)
		append_shapes(&svg, line);
	text_append(&svg.text, "</g>\n");
	for (int line = 0; line < canvas->lines; line++)
		append_text(&svg, line);
	text_append(&svg.text, "</svg>\n");
	errno = 0;
	if (fwrite(svg.text.bytes, 1, svg.text.length, stream) != svg.text.length ||
	    fflush(stream) != 0)
		result = errno ? -errno : -EIO;
	text_finish(&svg.text);
	return result;
}
