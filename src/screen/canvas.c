/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd, ELLIPSIS = 0x2026 };

static_assert(sizeof(struct cell) == sizeof(uint64_t), "bytes of cells can be compared");

static const struct cell blank = {.glyph = ' ', .role = ROLE_DEFAULT, .ground = ROLE_DEFAULT};

struct rectangle {
	int left, top, right, bottom; /* half-open */
};

static int limit(int64_t value, int max)
{
	return value < 0 ? 0 : value > max ? max : (int)value;
}

static struct rectangle clip(const struct canvas *canvas, int column, int line, int columns,
			     int lines)
{
	struct rectangle clipped = {
		.left = limit(column, canvas->columns),
		.top = limit(line, canvas->lines),
		.right = columns < 0 ? 0 : limit((int64_t)column + columns, canvas->columns),
		.bottom = lines < 0 ? 0 : limit((int64_t)line + lines, canvas->lines),
	};

	return clipped;
}

static struct cell *line_cells(const struct canvas *canvas, int line)
{
	return canvas->cells + (size_t)line * (size_t)canvas->columns;
}

struct canvas *canvas_create(int columns, int lines, bool ascii)
{
	struct canvas *canvas = memory_alloc(sizeof(*canvas));
	size_t count;

	canvas->columns = columns < 0 ? 0 : columns;
	canvas->lines = lines < 0 ? 0 : lines;
	canvas->ascii = ascii;
	count = (size_t)canvas->columns * (size_t)canvas->lines;
	canvas->cells = memory_alloc(count > SIZE_MAX / sizeof(*canvas->cells)
					     ? SIZE_MAX
					     : count * sizeof(*canvas->cells));
	for (size_t i = 0; i < count; i++)
		canvas->cells[i] = blank;
	return canvas;
}

void canvas_destroy(struct canvas *canvas)
{
	if (!canvas)
		return;
	free(canvas->cells);
	free(canvas);
}

/* The glyph that the canvas can hold in place of any code point; *ret_width is 1 or 2. */
static uint32_t showable(const struct canvas *canvas, uint32_t glyph, int *ret_width)
{
	int width = utf8_width(glyph);

	if (canvas->ascii && (glyph >= 0x80 || width == 0)) {
		glyph = '?';
		width = 1;
	} else if (width == 0) {
		glyph = REPLACEMENT;
		width = 1;
	}
	*ret_width = width;
	return glyph;
}

static bool is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f;
}

/*
 * Makes the cell free to be written: when it is one half of a wide glyph, the other half becomes
 * a space, for half a glyph cannot be shown.
 */
static void part(const struct canvas *canvas, struct cell *cells, int column)
{
	if (cells[column].glyph == 0 && column > 0)
		cells[column - 1].glyph = ' ';
	if (column + 1 < canvas->columns && cells[column + 1].glyph == 0)
		cells[column + 1].glyph = ' ';
	cells[column].glyph = ' ';
}

/* A glyph of one column, where there is room: most are. */
static void put_narrow(const struct canvas *canvas, struct cell *cells, int column, uint32_t glyph,
		       enum role role)
{
	bool half = cells[column].glyph == 0 ||
		    (column + 1 < canvas->columns && cells[column + 1].glyph == 0);

	if (half)
		part(canvas, cells, column);
	cells[column].glyph = glyph;
	cells[column].role = (uint16_t)role;
}

/* Puts a glyph that showable() gave in at most room columns; returns the columns it took. */
static int put(struct canvas *canvas, struct cell *cells, int column, int room, uint32_t glyph,
	       int width, enum role role)
{
	if (width > room) {
		/* The right half would stick out: a space keeps what was there from showing. */
		glyph = ' ';
		width = room;
	}
	for (int i = 0; i < width; i++)
		put_narrow(canvas, cells, column + i, glyph, role);
	if (width == 2) {
		cells[column + 1].glyph = 0;
		cells[column + 1].ground = cells[column].ground;
	}
	return width;
}

int canvas_put(struct canvas *canvas, int column, int line, uint32_t glyph, enum role role)
{
	int width;

	if (column < 0 || column >= canvas->columns || line < 0 || line >= canvas->lines)
		return 0;
	if (glyph < 0x80 && is_plain((unsigned char)glyph)) {
		put_narrow(canvas, line_cells(canvas, line), column, glyph, role);
		return 1;
	}
	glyph = showable(canvas, glyph, &width);
	return put(canvas, line_cells(canvas, line), column, canvas->columns - column, glyph, width,
		   role);
}

/* The next glyph of the string and how many bytes it takes. */
static size_t next_glyph(const struct canvas *canvas, const char *string, size_t length,
			 uint32_t *ret_glyph, int *ret_width)
{
	uint32_t codepoint = REPLACEMENT;
	size_t step;

	if (is_plain((unsigned char)*string)) {
		*ret_glyph = (unsigned char)*string;
		*ret_width = 1;
		return 1;
	}
	step = utf8_decode(string, length, &codepoint);
	*ret_glyph = showable(canvas, codepoint, ret_width);
	return step ? step : 1;
}

/*
 * Measures how much of the string fits in room columns: returns its bytes and sets *ret_columns.
 * When not all of it fits, one column is left free for the ellipsis.
 */
static size_t measure(const struct canvas *canvas, const char *string, size_t length, int room,
		      int *ret_columns)
{
	size_t bytes = 0, cut = 0;
	int columns = 0, cut_columns = 0, width;
	uint32_t glyph;

	while (bytes < length) {
		size_t step = next_glyph(canvas, string + bytes, length - bytes, &glyph, &width);

		if (columns + width > room) {
			*ret_columns = cut_columns;
			return cut;
		}
		columns += width;
		bytes += step;
		if (columns < room) {
			cut = bytes;
			cut_columns = columns;
		}
	}
	*ret_columns = columns;
	return bytes;
}

/* Draws width columns of glyph at a column that may be outside. */
static void put_clipped(struct canvas *canvas, int64_t column, int line, uint32_t glyph, int width,
			enum role role)
{
	if (column >= 0 && column < canvas->columns && width == 1)
		put_narrow(canvas, line_cells(canvas, line), (int)column, glyph, role);
	else if (column >= 0 && column < canvas->columns)
		put(canvas, line_cells(canvas, line), (int)column, canvas->columns - (int)column,
		    glyph, width, role);
	else if (column == -1 && width == 2 && canvas->columns > 0)
		put(canvas, line_cells(canvas, line), 0, 1, ' ', 1, role);
}

static int write_at(struct canvas *canvas, int64_t column, int line, int columns,
		    const char *string, size_t length, bool right, enum role role)
{
	size_t bytes, step;
	int used, width;
	bool cut;
	uint32_t glyph;

	if (line < 0 || line >= canvas->lines || columns <= 0 || length == 0)
		return 0;
	bytes = measure(canvas, string, length, columns, &used);
	cut = bytes < length;
	if (right)
		column += columns - used - cut;
	for (size_t i = 0; i < bytes; i += step) {
		step = next_glyph(canvas, string + i, length - i, &glyph, &width);
		put_clipped(canvas, column, line, glyph, width, role);
		column += width;
	}
	if (!cut)
		return used;
	put_clipped(canvas, column, line, canvas->ascii ? '~' : ELLIPSIS, 1, role);
	return used + 1;
}

int canvas_write_bytes(struct canvas *canvas, int column, int line, int columns, const char *bytes,
		       size_t length, enum role role)
{
	/* What lies right of the canvas is no room, so that the cut is seen. */
	if (columns > 0 && (int64_t)column + columns > canvas->columns)
		columns = column < canvas->columns ? (int)(canvas->columns - (int64_t)column) : 0;
	return write_at(canvas, column, line, columns, bytes, length, false, role);
}

int canvas_write(struct canvas *canvas, int column, int line, int columns, const char *string,
		 enum role role)
{
	return canvas_write_bytes(canvas, column, line, columns, string, strlen(string), role);
}

int canvas_write_right(struct canvas *canvas, int column, int line, int columns, const char *string,
		       enum role role)
{
	return write_at(canvas, column, line, columns, string, strlen(string), true, role);
}

/* A glyph of one column: only at the ends of the line can halves of wide ones be left over. */
static void fill_line(const struct canvas *canvas, struct cell *cells, int left, int right,
		      uint32_t glyph, enum role role)
{
	part(canvas, cells, left);
	part(canvas, cells, right - 1);
	for (int x = left; x < right; x++) {
		cells[x].glyph = glyph;
		cells[x].role = (uint16_t)role;
	}
}

void canvas_fill(struct canvas *canvas, int column, int line, int columns, int lines,
		 uint32_t glyph, enum role role)
{
	struct rectangle area = clip(canvas, column, line, columns, lines);
	int width;

	if (area.left >= area.right || area.top >= area.bottom)
		return;
	glyph = showable(canvas, glyph, &width);
	for (int y = area.top; y < area.bottom; y++) {
		struct cell *cells = line_cells(canvas, y);

		if (width == 1)
			fill_line(canvas, cells, area.left, area.right, glyph, role);
		else
			for (int x = area.left; x < area.right; x += width)
				put(canvas, cells, x, area.right - x, glyph, width, role);
	}
}

void canvas_set_ground(struct canvas *canvas, int column, int line, int columns, int lines,
		       enum role ground)
{
	struct rectangle area = clip(canvas, column, line, columns, lines);

	for (int y = area.top; y < area.bottom && area.left < area.right; y++) {
		struct cell *cells = line_cells(canvas, y);

		for (int x = area.left; x < area.right; x++)
			cells[x].ground = (uint16_t)ground;
		/* A wide glyph has one ground: that of its left half. */
		if (cells[area.left].glyph == 0 && area.left > 0)
			cells[area.left].ground = cells[area.left - 1].ground;
		if (area.right < canvas->columns && cells[area.right].glyph == 0)
			cells[area.right].ground = (uint16_t)ground;
	}
}

void canvas_clear(struct canvas *canvas, int column, int line, int columns, int lines)
{
	struct rectangle area = clip(canvas, column, line, columns, lines);

	for (int y = area.top; y < area.bottom && area.left < area.right; y++) {
		struct cell *cells = line_cells(canvas, y);

		part(canvas, cells, area.left);
		part(canvas, cells, area.right - 1);
		for (int x = area.left; x < area.right; x++)
			cells[x] = blank;
	}
}

void canvas_draw_box(struct canvas *canvas, int column, int line, int columns, int lines,
		     enum role role)
{
	/* horizontal, vertical, then the corners from the upper left, clockwise */
	static const uint32_t unicode[] = {0x2500, 0x2502, 0x256d, 0x256e, 0x256f, 0x2570};
	static const uint32_t ascii[] = {'-', '|', '+', '+', '+', '+'};
	const uint32_t *glyph = canvas->ascii ? ascii : unicode;
	int64_t right = (int64_t)column + columns - 1, bottom = (int64_t)line + lines - 1;

	if (columns < 2 || lines < 2 || right > INT32_MAX || bottom > INT32_MAX)
		return;
	canvas_fill(canvas, column, line, columns, 1, glyph[0], role);
	canvas_fill(canvas, column, (int)bottom, columns, 1, glyph[0], role);
	canvas_fill(canvas, column, line, 1, lines, glyph[1], role);
	canvas_fill(canvas, (int)right, line, 1, lines, glyph[1], role);
	canvas_put(canvas, column, line, glyph[2], role);
	canvas_put(canvas, (int)right, line, glyph[3], role);
	canvas_put(canvas, (int)right, (int)bottom, glyph[4], role);
	canvas_put(canvas, column, (int)bottom, glyph[5], role);
}

bool canvas_same_cell(const struct cell *a, const struct cell *b)
{
	return a->glyph == b->glyph && a->role == b->role && a->ground == b->ground;
}

void canvas_append_text(struct text *text, const struct canvas *canvas)
{
	char bytes[4];

	for (int y = 0; y < canvas->lines; y++) {
		const struct cell *cells = line_cells(canvas, y);
		int end = canvas->columns;

		while (end > 0 && cells[end - 1].glyph == ' ')
			end--;
		for (int x = 0; x < end; x++)
			if (cells[x].glyph)
				text_append_bytes(text, bytes, utf8_encode(cells[x].glyph, bytes));
		text_append_char(text, '\n');
	}
}
