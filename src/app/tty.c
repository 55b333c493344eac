/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/tty.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/settings.h"
#include "app/signals.h"
#include "screen/canvas.h"
#include "term/terminal.h"

int tty_open(struct tty *tty, const struct options *options)
{
	int status;

	*tty = (struct tty){.options = options};
	status = settings_load_theme(options, &tty->theme);
	if (status)
		return status;
	tty->signals = signals_open();
	watch_theme_start(&tty->shown, options->theme);
	return 0;
}

int tty_take(struct tty *tty)
{
	bool colour = options_want_colour(tty->options, true);
	int error;

	if (tty->terminal)
		return 0;
	signals_guard_terminal();
	error = terminal_create(&tty->theme, colour ? COLOUR_USE_AUTO : COLOUR_USE_NEVER,
				&tty->terminal);
	if (error) {
		signals_end_guard();
		return error;
	}
	if (tty->options->ascii)
		terminal_prefer_ascii(tty->terminal);
	tty_measure(tty);
	tty_set_mouse(tty, !tty->options->no_mouse);
	return 0;
}

int tty_say_error(int error)
{
	if (error == -ENOTTY)
		message_say("the screen needs a terminal; vastop --once PID writes one picture "
			    "anywhere.");
	else if (error == -ELIBACC)
		message_say("the library ncursesw is missing, which the screen needs; on Debian: "
			    "apt-get install libncursesw6. vastop --once PID writes one picture "
			    "without it.");
	else
		message_say("this terminal (TERM=%s) cannot place the cursor; vastop --once PID "
			    "writes one picture anywhere.",
			    getenv("TERM") ? getenv("TERM") : "");
	return EXIT_TROUBLE;
}

void tty_release(struct tty *tty)
{
	if (!tty->terminal)
		return;
	terminal_destroy(tty->terminal);
	tty->terminal = NULL;
	signals_end_guard();
}

void tty_close(struct tty *tty)
{
	tty_release(tty);
	canvas_destroy(tty->canvas);
	watch_theme_finish(&tty->shown);
	save_finish(&tty->save);
	if (tty->signals >= 0)
		close(tty->signals);
}

struct save_page tty_page(const struct tty *tty)
{
	return (struct save_page){tty->canvas, text_string(&tty->shown.name), tty->options->dark};
}

void tty_measure(struct tty *tty)
{
	canvas_destroy(tty->canvas);
	tty->canvas = canvas_create(terminal_columns(tty->terminal), terminal_lines(tty->terminal),
				    !terminal_is_unicode(tty->terminal));
}

void tty_set_mouse(struct tty *tty, bool on)
{
	tty->mouse = on;
	tty->has_mouse = terminal_set_mouse(tty->terminal, on);
}

void tty_show(struct tty *tty)
{
	terminal_show(tty->terminal, tty->canvas);
}

/* Stops as Ctrl-Z asks, and goes on. */
static void stop(struct tty *tty)
{
	if (tty->terminal)
		terminal_suspend(tty->terminal);
	signals_stop();
	if (tty->terminal) {
		terminal_resume(tty->terminal);
		tty_measure(tty);
	}
}

unsigned tty_take_signals(struct tty *tty)
{
	unsigned asked = 0;
	int number;

	while ((number = signals_read(tty->signals)) != 0) {
		if (number == SIGWINCH && tty->terminal) {
			terminal_resize(tty->terminal);
			tty_measure(tty);
			asked |= TTY_RESIZED;
		} else if (number == SIGTSTP) {
			stop(tty);
			asked |= tty->terminal ? TTY_RESIZED : 0;
		} else if (signals_end_program(number)) {
			tty->ending_signal = number;
			asked |= TTY_ENDING;
		}
	}
	return asked;
}
