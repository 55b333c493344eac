/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_BYTES_DRAW_H
#define UI_PANE_BYTES_DRAW_H

/*
 * The pane of bytes as it is drawn: lines of an address, bytes in hexadecimal and as text; below
 * them what the word under the cursor is. Words that are addresses of the process have the colour
 * of what they point into.
 */

#include <stdbool.h>
#include <stdint.h>

#include "ui/frame.h"

struct address_space;
struct bytes_held;
struct canvas;
struct glyphs;
struct keymap;
struct vma;

struct bytes_draw {
	const struct address_space *space;
	const struct glyphs *glyphs;
	const struct keymap *keymap; /* NULL: the command table's own keys */
	const struct bytes_held *held;
	const struct vma *vma; /* that the bytes are of; NULL: nothing is mapped there */
	uint64_t top, cursor;  /* addresses: of the first line, of the word under the cursor */
	unsigned word;         /* bytes of a word: 4 or 8 */
	const char *why_not;   /* why bytes are not known: a sentence; NULL: they are */
	uint64_t pointed;      /* an address, and the symbol there, escaped; empty: none is known */
	const char *symbol;
	bool selecting; /* the word under the cursor is marked */
};

/* How many bytes stand on a line of a pane of that many columns inside: 16, 8 or 4. */
unsigned bytes_draw_per_line(int columns, uint64_t address);

/* How many lines of bytes a pane has that stands there. */
int bytes_draw_lines(const struct frame *frame, struct rect rect);

/* The address that is drawn on a cell inside of the pane; false where there is none. */
bool bytes_draw_at(const struct frame *frame, struct rect rect, const struct bytes_draw *pane,
		   int column, int line, uint64_t *ret_address);

/*
 * The address of the first line: near to top, with the cursor in sight, within the mapping (NULL:
 * there is none), and no line empty while there are bytes for it.
 */
uint64_t bytes_draw_scroll(const struct frame *frame, struct rect rect, const struct vma *vma,
			   uint64_t top, uint64_t cursor);

void bytes_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		const struct bytes_draw *pane);

#endif
