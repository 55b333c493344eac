/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_EMULATOR_H
#define SUPPORT_EMULATOR_H

/*
 * What a terminal (xterm-256color, UTF-8) shows after a program's output: lines of text, as a user
 * reads them, however the program came there. libvterm interprets the output.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct emulator;

/* How a cell looks. libvterm does not know dim ones. */
struct emulator_cell {
	uint32_t glyph; /* 0: nothing was written there; of a right half it is UINT32_MAX */
	bool bold, italic, underline, reverse;
	int32_t foreground, background; /* of 256; -1: the terminal's own */
};

/* What a program has made of the terminal. */
struct emulator_modes {
	bool alternate;   /* the second screen is shown */
	bool cursor;      /* can be seen, */
	int line, column; /* and is there */
	int mouse;        /* VTERM_PROP_MOUSE_…: 0 none, 1 presses, 2 drags, 3 movements */
};

/* The caller destroys it. NULL where configure found no libvterm. */
struct emulator *emulator_create(int lines, int columns);
void emulator_destroy(struct emulator *emulator);

void emulator_write(struct emulator *emulator, const char *bytes, size_t length);
void emulator_resize(struct emulator *emulator, int lines, int columns);

/* A line, from 0 on, as UTF-8, without what was never written behind it; valid until the next call.
 */
const char *emulator_line(struct emulator *emulator, int line);

/* A cell, lines and columns from 0 on. */
struct emulator_cell emulator_cell(struct emulator *emulator, int line, int column);

struct emulator_modes emulator_modes(struct emulator *emulator);

/* Whether a line has the text. */
bool emulator_shows(struct emulator *emulator, const char *text);

#endif
