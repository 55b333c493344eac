/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "pseudo_terminal.h"

static void restore(int ready)
{
	struct termios before, during, after;
	struct terminal *terminal;

	(void)ready;
	tcgetattr(STDIN_FILENO, &before);
	terminal = open_terminal(COLOUR_USE_AUTO);
	terminal_refresh(terminal);
	tcgetattr(STDIN_FILENO, &during);
	CHECK(!(during.c_lflag & (ICANON | ECHO)));
	mark("<restore>");
	errno = 42;
	terminal_restore();
	CHECK(errno == 42);
	tcgetattr(STDIN_FILENO, &after);
	CHECK(same_modes(&before, &after));
	mark("<again>");
	terminal_restore();
	mark("<end>");
}

static void restoring_needs_no_curses_and_happens_once(void **state)
{
	struct play play = {.type = "xterm-256color", .child = restore};
	struct text output = {0};
	const char *at;

	(void)state;
	assert_runs(&play, &output);
	at = strstr(text_string(&output), "<restore>");
	assert_non_null(at);
	at = strstr(at, "\033[?1049l");
	assert_non_null(at);
	assert_non_null(strstr(at, "<again><end>"));
	text_finish(&output);
	/* No second screen there: to the last line, without the padding of its sequences. */
	play.type = "vt100";
	assert_runs(&play, &output);
	assert_non_null(strstr(text_string(&output), "\033[999;1H\r"));
	at = strstr(text_string(&output), "<restore>");
	assert_null(strstr(at, "$<"));
	text_finish(&output);
}

static void destroy(int ready)
{
	struct sigaction before, after;
	struct termios modes, now;
	struct terminal *terminal;

	(void)ready;
	tcgetattr(STDIN_FILENO, &modes);
	sigaction(SIGINT, NULL, &before);
	terminal = open_terminal(COLOUR_USE_AUTO);
	sigaction(SIGINT, NULL, &after);
	CHECK(before.sa_handler == after.sa_handler);
	terminal_suspend(terminal);
	tcgetattr(STDIN_FILENO, &now);
	CHECK(same_modes(&modes, &now));
	mark("<suspended>");
	terminal_restore();
	mark("<resume>");
	terminal_resume(terminal);
	tcgetattr(STDIN_FILENO, &now);
	CHECK(!(now.c_lflag & ICANON));
	terminal_destroy(terminal);
	tcgetattr(STDIN_FILENO, &now);
	CHECK(same_modes(&modes, &now));
	mark("<destroyed>");
	terminal_restore();
	terminal_destroy(NULL);
	mark("<end>");
}

static void gives_the_terminal_back(void **state)
{
	struct play play = {.type = "xterm-256color", .child = destroy};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_non_null(strstr(text_string(&output), "<suspended><resume>"));
	assert_non_null(strstr(text_string(&output), "<destroyed><end>"));
	text_finish(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(restoring_needs_no_curses_and_happens_once),
		cmocka_unit_test(gives_the_terminal_back),
	};

	return cmocka_run_group_tests_name("rescue", tests, NULL, NULL);
}
