/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_OWN_TERMINAL_H
#define SUPPORT_OWN_TERMINAL_H

/*
 * A pseudo-terminal as stdin and stdout of the test itself, which is its user as well: what is sent
 * comes to an emulator, and what is typed is there to be read when the call returns.
 */

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/text.h"

struct emulator;

struct own_terminal {
	int user;          /* the user's end */
	int input, output; /* what stdin and stdout were */
	struct termios modes;
	struct emulator *emulator;
	struct text news;
};

/*
 * Makes one of that type (TERM), whose user waits at most 20 seconds in all: then the test dies.
 * false where configure found no libvterm. own_terminal_close() must follow success.
 */
bool own_terminal_open(struct own_terminal *own, const char *type, int lines, int columns);
void own_terminal_close(struct own_terminal *own);

/* What was sent since the last call, which the emulator shows from now on; valid until the next. */
const char *own_terminal_take(struct own_terminal *own);

/* Types bytes of a terminal that is not line by line. */
void own_terminal_type(const struct own_terminal *own, const char *bytes, size_t length);

/* Changes its size without telling anyone. */
void own_terminal_resize(struct own_terminal *own, int lines, int columns);

/* Whether the modes are as they were when it was made. */
bool own_terminal_has_its_modes(const struct own_terminal *own);

/* Closes the user's end, as when a window is closed. */
void own_terminal_hang_up(struct own_terminal *own);

#endif
