/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <poll.h>

#include "app/message.h"
#include "app/options.h"
#include "app/tty.h"
#include "pseudo_terminal.h"
#include "screen/canvas.h"

static const struct options options = {.procfs = "/proc"};

static void take(int ready)
{
	struct tty tty;

	(void)ready;
	CHECK(tty_open(&tty, &options) == 0);
	CHECK(!tty.terminal && !tty.canvas);
	mark("<opened>");
	if (tty_take(&tty) == -ENODEV)
		_exit(SKIP);
	CHECK(tty.canvas->columns == 40 && tty.canvas->lines == 10);
	canvas_write(tty.canvas, 0, 0, 40, "shown", ROLE_DEFAULT);
	tty_show(&tty);
	/* Taken already: nothing happens. */
	CHECK(tty_take(&tty) == 0);
	tty_release(&tty);
	mark("<released>");
	CHECK(!tty.terminal);
	tty_close(&tty);
}

static void the_terminal_is_taken_when_asked_and_given_back_once(void **state)
{
	struct play play = {.type = "xterm-256color", .child = take};
	struct text output = {0};
	const char *shown;

	(void)state;
	assert_runs(&play, &output);
	assert_int_equal(strncmp(text_string(&output), "<opened>", 8), 0);
	shown = strstr(text_string(&output), "shown");
	assert_non_null(shown);
	assert_non_null(strstr(shown, "<released>"));
	assert_null(strstr(shown, "left"));
	text_finish(&output);
}

static void signals(int ready)
{
	struct winsize size = {.ws_row = 12, .ws_col = 50};
	struct tty tty;

	(void)ready;
	CHECK(tty_open(&tty, &options) == 0);
	CHECK(tty_take_signals(&tty) == 0);
	raise(SIGWINCH);
	CHECK(tty_take_signals(&tty) == 0);
	if (tty_take(&tty) == -ENODEV)
		_exit(SKIP);
	CHECK(ioctl(STDOUT_FILENO, TIOCSWINSZ, &size) == 0);
	raise(SIGWINCH);
	CHECK(tty_take_signals(&tty) == TTY_RESIZED);
	CHECK(tty.canvas->columns == 50 && tty.canvas->lines == 12);
	raise(SIGCONT);
	CHECK(tty_take_signals(&tty) == 0);
	raise(SIGTERM);
	CHECK(tty_take_signals(&tty) == TTY_ENDING);
	CHECK(tty.ending_signal == SIGTERM);
	tty_close(&tty);
}

static void signals_resize_and_end(void **state)
{
	(void)state;
	assert_plays("xterm-256color", signals);
}

static void refuse(int ready)
{
	struct options wrong = {.theme = "/no/such/theme"};
	struct tty tty;

	(void)ready;
	CHECK(tty_open(&tty, &wrong) == EXIT_USAGE);
	CHECK(tty_open(&tty, &options) == 0);
	CHECK(tty_take(&tty) == -ENODEV);
	CHECK(tty_say_error(-ENODEV) == EXIT_TROUBLE);
	CHECK(tty_say_error(-ENOTTY) == EXIT_TROUBLE);
	CHECK(tty_say_error(-ELIBACC) == EXIT_TROUBLE);
	tty_close(&tty);
}

static void what_cannot_be_used_is_told(void **state)
{
	(void)state;
	assert_plays("dumb", refuse);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_terminal_is_taken_when_asked_and_given_back_once),
		cmocka_unit_test(signals_resize_and_end),
		cmocka_unit_test(what_cannot_be_used_is_told),
	};

	return cmocka_run_group_tests_name("tty", tests, NULL, NULL);
}
