/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_TTY_H
#define APP_TTY_H

/*
 * The terminal as the interactive program holds it: what is shown, what signals ask for, in which
 * colours. It is opened once and passed from screen to screen, so that nothing flickers. The
 * terminal itself is taken only when there is something to show.
 */

#include <stdbool.h>

#include "app/save.h"
#include "app/watch_theme.h"
#include "screen/theme.h"

struct canvas;
struct options;
struct terminal;

struct tty {
	const struct options *options;
	struct terminal *terminal; /* NULL: not taken */
	struct canvas *canvas;     /* of the terminal's size, once taken */
	struct theme theme;        /* to begin with */
	struct watch_theme shown;
	struct save save;  /* of what is shown */
	bool has_mouse;    /* the terminal has one, once taken */
	bool mouse;        /* what is done with it is reported here */
	int signals;       /* descriptor to read signals from */
	int ending_signal; /* the signal that asked to end; 0: none */
};

/* What signals asked for; bits. */
enum {
	TTY_RESIZED = 1, /* the canvas is a new one: redraw */
	TTY_ENDING = 2,  /* tty->ending_signal */
};

/*
 * Reads the theme of the options and blocks signals, before any thread is started. Returns 0, or
 * the exit status after saying what is wrong; then nothing is to be closed.
 */
int tty_open(struct tty *tty, const struct options *options);

/*
 * Takes the terminal, if that was not done yet; nothing is sent to it before tty_show(). Sentences
 * can be said again after tty_release(). Returns 0; -ENOTTY when there is none, -ENODEV when
 * it cannot place the cursor.
 */
int tty_take(struct tty *tty);

/* Says why tty_take() could not; returns the exit status. */
int tty_say_error(int error);

/* Gives the terminal back, for the last time: sentences can be said. */
void tty_release(struct tty *tty);

/* The same, and frees all. */
void tty_close(struct tty *tty);

/* Takes over the terminal's size: another canvas. */
void tty_measure(struct tty *tty);

/* Has what is done with the mouse reported here, or leaves it to the terminal. */
void tty_set_mouse(struct tty *tty, bool on);

/* What is shown, for saving it. */
struct save_page tty_page(const struct tty *tty);

/* Shows the canvas. */
void tty_show(struct tty *tty);

/* Carries out what signals ask of the terminal; returns TTY_ bits. */
unsigned tty_take_signals(struct tty *tty);

#endif
