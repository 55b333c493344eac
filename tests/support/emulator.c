/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "support/emulator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_VTERM
#include <vterm.h>

#include "base/memory.h"

/* libvterm has up to six characters a cell, of at most four bytes. */
enum { CELL_BYTES = 24 };

struct emulator {
	VTerm *terminal;
	VTermScreen *screen;
	int lines, columns;
	char *line;
	struct emulator_modes modes;
};

static int take_property(VTermProp property, VTermValue *value, void *context)
{
	struct emulator *emulator = context;

	if (property == VTERM_PROP_ALTSCREEN)
		emulator->modes.alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		emulator->modes.cursor = value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		emulator->modes.mouse = value->number;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = take_property};

static void set_size(struct emulator *emulator, int lines, int columns)
{
	emulator->lines = lines;
	emulator->columns = columns;
	free(emulator->line);
	emulator->line = memory_alloc((size_t)columns * CELL_BYTES + 1);
}

struct emulator *emulator_create(int lines, int columns)
{
	struct emulator *emulator = memory_alloc(sizeof(*emulator));

	*emulator = (struct emulator){.terminal = vterm_new(lines, columns)};
	set_size(emulator, lines, columns);
	vterm_set_utf8(emulator->terminal, 1);
	emulator->screen = vterm_obtain_screen(emulator->terminal);
	vterm_screen_set_callbacks(emulator->screen, &callbacks, emulator);
	vterm_screen_enable_altscreen(emulator->screen, 1);
	vterm_screen_reset(emulator->screen, 1);
	return emulator;
}

void emulator_destroy(struct emulator *emulator)
{
	if (!emulator)
		return;
	vterm_free(emulator->terminal);
	free(emulator->line);
	free(emulator);
}

void emulator_write(struct emulator *emulator, const char *bytes, size_t length)
{
	vterm_input_write(emulator->terminal, bytes, length);
}

void emulator_resize(struct emulator *emulator, int lines, int columns)
{
	vterm_set_size(emulator->terminal, lines, columns);
	set_size(emulator, lines, columns);
}

const char *emulator_line(struct emulator *emulator, int line)
{
	const VTermRect cells = {
		.start_row = line, .end_row = line + 1, .end_col = emulator->columns};
	size_t length = vterm_screen_get_text(emulator->screen, emulator->line,
					      (size_t)emulator->columns * CELL_BYTES, cells);

	emulator->line[length] = '\0';
	return emulator->line;
}

static int32_t colour_of(const VTermColor *colour, bool is_default)
{
	return is_default ? -1 : VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : INT32_MAX;
}

struct emulator_cell emulator_cell(struct emulator *emulator, int line, int column)
{
	VTermScreenCell cell = {.width = 0};

	vterm_screen_get_cell(emulator->screen, (VTermPos){line, column}, &cell);
	return (struct emulator_cell){
		.glyph = cell.chars[0],
		.bold = cell.attrs.bold,
		.italic = cell.attrs.italic,
		.underline = cell.attrs.underline,
		.reverse = cell.attrs.reverse,
		.foreground = colour_of(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
		.background = colour_of(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
	};
}

struct emulator_modes emulator_modes(struct emulator *emulator)
{
	struct emulator_modes modes = emulator->modes;
	VTermPos cursor;

	vterm_state_get_cursorpos(vterm_obtain_state(emulator->terminal), &cursor);
	modes.line = cursor.row;
	modes.column = cursor.col;
	return modes;
}

bool emulator_shows(struct emulator *emulator, const char *text)
{
	for (int line = 0; line < emulator->lines; line++)
		if (strstr(emulator_line(emulator, line), text))
			return true;
	return false;
}

#else

struct emulator *emulator_create(int lines, int columns)
{
	(void)lines;
	(void)columns;
	return NULL;
}

void emulator_destroy(struct emulator *emulator)
{
	(void)emulator;
}

void emulator_write(struct emulator *emulator, const char *bytes, size_t length)
{
	(void)emulator;
	(void)bytes;
	(void)length;
}

void emulator_resize(struct emulator *emulator, int lines, int columns)
{
	(void)emulator;
	(void)lines;
	(void)columns;
}

const char *emulator_line(struct emulator *emulator, int line)
{
	(void)emulator;
	(void)line;
	return "";
}

struct emulator_cell emulator_cell(struct emulator *emulator, int line, int column)
{
	(void)emulator;
	(void)line;
	(void)column;
	return (struct emulator_cell){0};
}

struct emulator_modes emulator_modes(struct emulator *emulator)
{
	(void)emulator;
	return (struct emulator_modes){0};
}

bool emulator_shows(struct emulator *emulator, const char *text)
{
	(void)emulator;
	(void)text;
	return false;
}
#endif
