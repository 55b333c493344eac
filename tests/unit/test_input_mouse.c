/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include "term/curses.h"
#include "term/input.h"

/* xterm-256color, in which nothing was pressed yet. */
static void open_xterm(struct shown *shown)
{
	shown_open(shown, "xterm-256color", "fold = red\n", COLOUR_USE_AUTO);
	shown_show(shown);
	shown_assert_nothing(shown);
}

static void type(struct shown *shown, const char *bytes)
{
	own_terminal_type(&shown->own, bytes, strlen(bytes));
}

static void assert_press(struct shown *shown, enum mouse_button button, int column, int line,
			 int clicks)
{
	struct event event = shown_event(shown);

	assert_int_equal(event.type, EVENT_MOUSE);
	assert_int_equal(event.mouse.button, button);
	assert_int_equal(event.mouse.column, column);
	assert_int_equal(event.mouse.line, line);
	assert_int_equal(event.mouse.clicks, clicks);
}

static void presses_are_events(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	type(&shown, "\033[<0;10;5M\033[<0;10;5m\033[<65;300;200M\033[<2;1;1M");
	assert_press(&shown, MOUSE_LEFT, 9, 4, 1);
	assert_press(&shown, MOUSE_WHEEL_DOWN, 299, 199, 1);
	assert_press(&shown, MOUSE_RIGHT, 0, 0, 1);
	shown_assert_nothing(&shown);
	/* The older encoding, below and beyond what ASCII says. */
	type(&shown, "\033[M \"#\033[M!\301\205\033[M\"\377!");
	assert_press(&shown, MOUSE_LEFT, 1, 2, 1);
	assert_press(&shown, MOUSE_MIDDLE, 160, 100, 1);
	assert_press(&shown, MOUSE_RIGHT, 222, 0, 1);
	/* At once upon the one before. */
	type(&shown, "\033[<1;7;8M\033[<1;7;8M\033[<1;7;8M");
	assert_press(&shown, MOUSE_MIDDLE, 6, 7, 1);
	assert_press(&shown, MOUSE_MIDDLE, 6, 7, 2);
	assert_press(&shown, MOUSE_MIDDLE, 6, 7, 1);
	shown_assert_nothing(&shown);
	shown_close(&shown);
}

/* A key is nothing but a key, whatever was pressed before. */
static void an_event_has_what_its_sort_has(void **state)
{
	struct event event;
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	type(&shown, "\033[<2;7;8Mx");
	event = shown_event(&shown);
	assert_int_equal(event.type, EVENT_MOUSE);
	assert_int_equal(event.key, 0);
	event = shown_event(&shown);
	assert_int_equal(event.type, EVENT_KEY);
	assert_int_equal(event.key, 'x');
	assert_int_equal(event.mouse.column, 0);
	shown_close(&shown);
}

/* What input_read() says of it, and what it leaves alone. */
static void whether_there_is_an_event_is_said(void **state)
{
	struct event event = {.type = EVENT_RESIZE, .key = 77};
	struct input input = {0};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_true(input_has_mouse());
	assert_false(input_read(&input, &event));
	assert_int_equal(event.type, EVENT_RESIZE);
	assert_int_equal(event.key, 77);
	type(&shown, "x\033[<0;3;4M\033[99~");
	assert_true(input_read(&input, &event));
	assert_int_equal(event.key, 'x');
	assert_true(input_read(&input, &event));
	assert_int_equal(event.type, EVENT_MOUSE);
	assert_int_equal(input.clicks.last.column, 2);
	assert_false(input_read(&input, &event));
	shown_close(&shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presses_are_events),
		cmocka_unit_test(an_event_has_what_its_sort_has),
		cmocka_unit_test(whether_there_is_an_event_is_said),
	};

	return cmocka_run_group_tests_name("input_mouse", tests, NULL, NULL);
}
