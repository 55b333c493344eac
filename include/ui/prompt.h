/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

/*
 * A line that the user types: printable UTF-8 and where the next character goes. Keys as in a
 * shell. It knows nothing of what the line is for. All zeroes is a valid, empty prompt.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/role.h"

struct canvas;

#define PROMPT_LENGTH 512 /* bytes, with the NUL: an expression that a user types */

struct prompt {
	char text[PROMPT_LENGTH];
	size_t length, cursor; /* bytes; cursor is the start of a character, or length */
};

/* What a key did to the line. */
enum prompt_answer {
	PROMPT_IGNORED,   /* no key of a line, or there is no room for more */
	PROMPT_MOVED,     /* the cursor, at most */
	PROMPT_EDITED,    /* the text */
	PROMPT_ACCEPTED,  /* Enter */
	PROMPT_CANCELLED, /* Esc; Backspace in an empty line, too */
};

/* The line becomes that text (UTF-8, cut at a character's end where it is too long). */
void prompt_set(struct prompt *prompt, const char *text);

/* Takes a key: characters, Backspace, Del, arrows, Home, End, Ctrl-A -E -U -K -W, Enter, Esc. */
enum prompt_answer prompt_take_key(struct prompt *prompt, uint32_t key);

/*
 * Draws label and line in so many columns, with the cursor where the next character goes; a line
 * too long for them is scrolled so that the cursor is seen. Returns the column after the text.
 */
int prompt_draw(const struct prompt *prompt, struct canvas *canvas, int column, int line,
		int columns, const char *label);

#endif
