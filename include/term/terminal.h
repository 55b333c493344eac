/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

/*
 * The terminal through ncursesw: shows canvases, reads keys and the mouse. There is one at a time;
 * whatever ends the program, terminal_restore() brings the terminal back as it was.
 */

#include <stdbool.h>

struct canvas;
struct event;
struct terminal;
struct theme;

enum colour_use {
	COLOUR_USE_NEVER,
	COLOUR_USE_AUTO, /* as many as the terminal has */
};

/*
 * Takes the terminal on stdin and stdout over. The locale must have been set; signals stay as
 * they are. The theme is copied. Nothing is sent before something is first shown or read, so
 * that there may turn out to be nothing to show. Returns 0 and sets *ret_terminal, or returns
 * -ENOTTY if stdin or stdout is no terminal, -ELIBACC if the library ncursesw is missing, or
 * -ENODEV if the terminal's type (TERM) is unknown or cannot place the cursor.
 */
int terminal_create(const struct theme *theme, enum colour_use mode,
		    struct terminal **ret_terminal);

/* From now on it is treated as one that shows no UTF-8. */
void terminal_prefer_ascii(struct terminal *terminal);

/* Whether it shows colours, or attributes only. */
bool terminal_has_colours(const struct terminal *terminal);

/* Whether the theme has colours there, too. */
bool terminal_shows_colours(const struct terminal *terminal);

/* Another theme, which is copied; shown at the next terminal_show(). */
void terminal_set_theme(struct terminal *terminal, const struct theme *theme);

/* Gives the terminal back; NULL is allowed. */
void terminal_destroy(struct terminal *terminal);

int terminal_columns(const struct terminal *terminal);
int terminal_lines(const struct terminal *terminal);

/* Whether it shows UTF-8; else canvases must be ASCII ones. */
bool terminal_is_unicode(const struct terminal *terminal);

/* Shows the canvas; only what changed since the last one is sent. */
void terminal_show(struct terminal *terminal, const struct canvas *canvas);

/* Sends everything again at the next terminal_show(). */
void terminal_refresh(struct terminal *terminal);

/*
 * Whether presses of the mouse are reported; at first they are not. While they are, most terminals
 * select text only with Shift held. Returns false where the terminal has no mouse: then there is
 * nothing to report.
 */
bool terminal_set_mouse(struct terminal *terminal, bool on);

/*
 * Reads one event: a key, a press of the mouse, EVENT_CLOSED when stdin has ended, EVENT_NONE when
 * none is waiting. What was read ahead is not seen by poll(): read until EVENT_NONE. Does not
 * block, but for the 25 ms that distinguish a lone Esc from the start of a longer sequence, and 50
 * ms for each part of a sequence that has begun.
 */
void terminal_read(struct terminal *terminal, struct event *ret_event);

/* After SIGWINCH: takes over the new size; 80 by 24 where the terminal does not say. */
void terminal_resize(struct terminal *terminal);

/* Gives the terminal back for a while (before stopping) and takes it again (after). */
void terminal_suspend(struct terminal *terminal);
void terminal_resume(struct terminal *terminal);

/*
 * Brings the terminal back as it was before terminal_create(), at most once, with nothing but
 * async-signal-safe calls: for crash handlers and the exhausted-memory hook.
 */
void terminal_restore(void);

#endif
