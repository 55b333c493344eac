/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_EMULATOR_H
#define SUPPORT_EMULATOR_H

/*
 * What a terminal (xterm-256color, UTF-8) shows after a program's output: lines of text, as a user
 * reads them, however the program came there. libvterm interprets the output.
 */

#include <stdbool.h>
#include <stddef.h>

struct emulator;

/* The caller destroys it. NULL where configure found no libvterm. */
struct emulator *emulator_create(int lines, int columns);
void emulator_destroy(struct emulator *emulator);

void emulator_write(struct emulator *emulator, const char *bytes, size_t length);
void emulator_resize(struct emulator *emulator, int lines, int columns);

/* A line, from 0 on, as UTF-8, without what was never written behind it; valid until the next call.
 */
const char *emulator_line(struct emulator *emulator, int line);

/* Whether a line has the text. */
bool emulator_shows(struct emulator *emulator, const char *text);

#endif
