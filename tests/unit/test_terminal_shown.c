/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include <signal.h>
#include <termios.h>

#include "term/curses.h"

#define START     "\033[?1h\033=" /* smkx */
#define END       "\033[?1l\033>" /* rmkx */
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

static const char theme_text[] =
	"fold = red\nkey = bright-white blue bold\nvalue = #5f87ff italic\n"
	"match = default default underline\n"
	"marker = default default reverse\n";

static void open_xterm(struct shown *shown)
{
	shown_open(shown, "xterm-256color", theme_text, COLOUR_USE_AUTO);
}

static void assert_look(const struct shown *shown, int column, struct emulator_cell expected)
{
	struct emulator_cell cell = emulator_cell(shown->own.emulator, 0, column);

	assert_int_equal(cell.glyph, expected.glyph);
	assert_int_equal(cell.foreground, expected.foreground);
	assert_int_equal(cell.background, expected.background);
	assert_int_equal(cell.bold, expected.bold);
	assert_int_equal(cell.italic, expected.italic);
	assert_int_equal(cell.underline, expected.underline);
	assert_int_equal(cell.reverse, expected.reverse);
}

static void a_canvas_is_what_the_user_sees(void **state)
{
	struct emulator_modes modes;
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_string_equal(own_terminal_take(&shown.own), "");
	canvas_write(shown.canvas, 0, 0, 9, "a", ROLE_FOLD);
	canvas_write(shown.canvas, 1, 0, 9, "b", ROLE_KEY);
	canvas_write(shown.canvas, 2, 0, 9, "c", ROLE_VALUE);
	canvas_write(shown.canvas, 3, 0, 9, "d", ROLE_MATCH);
	canvas_write(shown.canvas, 4, 0, 9, "e", ROLE_MARKER);
	canvas_write(shown.canvas, 5, 0, 9, "f", ROLE_DEFAULT);
	canvas_write(shown.canvas, 6, 0, 9, "\xe4\xb8\xad\xe2\x96\x88", ROLE_DEFAULT);
	canvas_write(shown.canvas, 38, 9, 2, "yz", ROLE_DEFAULT);
	canvas_write(shown.canvas, 0, 5, 40, "in the middle of it", ROLE_DEFAULT);
	shown_show(&shown);
	assert_look(&shown, 0, (struct emulator_cell){'a', .foreground = 1, .background = -1});
	assert_look(&shown, 1,
		    (struct emulator_cell){'b', .bold = true, .foreground = 15, .background = 4});
	assert_look(
		&shown, 2,
		(struct emulator_cell){'c', .italic = true, .foreground = 69, .background = -1});
	assert_look(
		&shown, 3,
		(struct emulator_cell){'d', .underline = true, .foreground = -1, .background = -1});
	assert_look(
		&shown, 4,
		(struct emulator_cell){'e', .reverse = true, .foreground = -1, .background = -1});
	assert_look(&shown, 5, (struct emulator_cell){'f', .foreground = -1, .background = -1});
	assert_int_equal(emulator_cell(shown.own.emulator, 0, 6).glyph, 0x4e2d);
	assert_int_equal(emulator_cell(shown.own.emulator, 0, 8).glyph, 0x2588);
	assert_int_equal(emulator_cell(shown.own.emulator, 9, 38).glyph, 'y');
	assert_int_equal(emulator_cell(shown.own.emulator, 9, 39).glyph, 'z');
	for (int line = 1; line < 9; line++)
		shown_assert_line(&shown, line, line == 5 ? "in the middle of it" : "");
	modes = emulator_modes(shown.own.emulator);
	assert_true(modes.alternate && !modes.cursor && !modes.mouse);
	assert_int_equal(shown_count(&shown, START), 1);
	shown_close(&shown);
}

/* Nothing, then one cell, then all of it. */
static void only_news_are_sent(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	canvas_write(shown.canvas, 3, 2, 20, "first line", ROLE_DEFAULT);
	shown_show(&shown);
	assert_string_equal(shown_show(&shown), "");
	canvas_put(shown.canvas, 5, 4, 'X', ROLE_DEFAULT);
	assert_string_equal(shown_show(&shown), "\033[5;6HX");
	terminal_refresh(shown.terminal);
	shown_show(&shown);
	assert_int_equal(shown_count(&shown, "\033[H\033[2J"), 1);
	assert_int_equal(shown_count(&shown, "first line"), 1);
	assert_int_equal(shown_count(&shown, "X"), 1);
	assert_int_equal(shown_count(&shown, START), 0);
	assert_string_equal(shown_show(&shown), "");
	shown_close(&shown);
}

static void show_filled(struct shown *shown, int columns, int lines, uint32_t glyph)
{
	struct canvas *canvas = canvas_create(columns, lines, false);

	canvas_fill(canvas, 0, 0, columns, lines, glyph, ROLE_DEFAULT);
	terminal_show(shown->terminal, canvas);
	own_terminal_take(&shown->own);
	canvas_destroy(canvas);
}

/* Of a canvas that is larger the rest is left out; beside a smaller one nothing stays. */
static void canvases_may_have_other_sizes(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	show_filled(&shown, 100, 30, 'a');
	for (int line = 0; line < 10; line++)
		shown_assert_line(&shown, line, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	show_filled(&shown, 5, 2, 'b');
	shown_assert_line(&shown, 0, "bbbbb");
	shown_assert_line(&shown, 1, "bbbbb");
	for (int line = 2; line < 10; line++)
		shown_assert_line(&shown, line, "");
	/* As many columns, and then as many lines. */
	show_filled(&shown, 5, 3, 'c');
	shown_assert_line(&shown, 1, "ccccc");
	shown_assert_line(&shown, 2, "ccccc");
	show_filled(&shown, 3, 3, 'd');
	shown_assert_line(&shown, 0, "ddd");
	shown_assert_line(&shown, 2, "ddd");
	shown_assert_line(&shown, 3, "");
	shown_close(&shown);
}

/* Curses itself would put a frame off while input waits. */
static void a_frame_is_whole_although_keys_wait(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	shown_show(&shown);
	own_terminal_type(&shown.own, "jk", 2);
	canvas_fill(shown.canvas, 0, 0, 40, 10, '*', ROLE_DEFAULT);
	shown_show(&shown);
	for (int line = 0; line < 10; line++)
		shown_assert_line(&shown, line, "****************************************");
	shown_assert_key(&shown, 'j');
	shown_assert_key(&shown, 'k');
	shown_assert_nothing(&shown);
	shown_close(&shown);
}

static void the_modes_are_those_of_a_program_that_reads_keys(void **state)
{
	struct termios modes;
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	for (int shows = 0; shows < 2; shows++) {
		assert_int_equal(tcgetattr(STDIN_FILENO, &modes), 0);
		assert_int_equal(modes.c_lflag & (ICANON | ECHO | ISIG), ISIG);
		assert_int_equal(modes.c_iflag & ICRNL, 0);
		assert_int_equal(modes.c_oflag & ONLCR, 0);
		assert_int_equal(modes.c_lflag & NOFLSH, NOFLSH);
		assert_int_equal(modes.c_cc[VMIN], 1);
		assert_int_equal(get_escdelay(), 25);
		shown_show(&shown);
	}
	shown_close(&shown);
}

static void handle(int number)
{
	(void)number;
}

static void signals_stay_as_they_are(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	struct sigaction action;
	struct shown shown;

	(void)state;
	for (int own = 0; own < 2; own++) {
		for (size_t i = 0; i < 4; i++)
			signal(signals[i], own ? handle : SIG_DFL);
		open_xterm(&shown);
		shown_show(&shown);
		for (size_t i = 0; i < 4; i++) {
			assert_int_equal(sigaction(signals[i], NULL, &action), 0);
			assert_true(action.sa_handler == (own ? handle : SIG_DFL));
		}
		shown_close(&shown);
	}
	for (size_t i = 0; i < 4; i++)
		signal(signals[i], SIG_DFL);
}

/* Everything that was made of the terminal is undone. */
static void assert_given_back(const struct shown *shown, bool mouse)
{
	struct emulator_modes modes = emulator_modes(shown->own.emulator);

	assert_true(!modes.alternate && modes.cursor && !modes.mouse);
	assert_int_equal(shown_count(shown, END), 1);
	assert_int_equal(shown_count(shown, MOUSE_OFF), mouse);
	assert_true(own_terminal_has_its_modes(&shown->own));
}

static void the_end_gives_the_terminal_back(void **state)
{
	struct shown shown;

	(void)state;
	for (int mouse = 0; mouse < 2; mouse++) {
		open_xterm(&shown);
		shown_show(&shown);
		assert_true(terminal_set_mouse(shown.terminal, mouse));
		own_terminal_take(&shown.own);
		assert_int_equal(emulator_modes(shown.own.emulator).mouse, mouse);
		assert_false(own_terminal_has_its_modes(&shown.own));
		terminal_destroy(shown.terminal);
		shown.terminal = NULL;
		own_terminal_take(&shown.own);
		assert_given_back(&shown, mouse);
		terminal_restore();
		assert_string_equal(own_terminal_take(&shown.own), "");
		shown_close(&shown);
	}
}

static void a_pause_gives_it_back_for_a_while(void **state)
{
	struct emulator_modes modes;
	struct shown shown;

	(void)state;
	for (int mouse = 0; mouse < 2; mouse++) {
		open_xterm(&shown);
		terminal_set_mouse(shown.terminal, mouse);
		canvas_write(shown.canvas, 0, 0, 9, "before", ROLE_DEFAULT);
		shown_show(&shown);
		assert_int_equal(shown_count(&shown, MOUSE_ON), mouse);
		terminal_suspend(shown.terminal);
		own_terminal_take(&shown.own);
		assert_given_back(&shown, mouse);
		terminal_restore();
		assert_string_equal(own_terminal_take(&shown.own), "");
		own_terminal_resize(&shown.own, 8, 30);
		terminal_resume(shown.terminal);
		own_terminal_take(&shown.own);
		assert_int_equal(shown_count(&shown, MOUSE_ON), mouse);
		modes = emulator_modes(shown.own.emulator);
		assert_true(modes.alternate && modes.mouse == mouse);
		assert_false(own_terminal_has_its_modes(&shown.own));
		assert_int_equal(terminal_columns(shown.terminal), 30);
		assert_int_equal(terminal_lines(shown.terminal), 8);
		shown_show(&shown);
		shown_assert_line(&shown, 0, "before");
		/* Armed again. */
		terminal_restore();
		own_terminal_take(&shown.own);
		assert_given_back(&shown, true);
		shown_close(&shown);
	}
}

/* Ended while it is paused, it is given back once. */
static void the_end_may_come_in_a_pause(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	shown_show(&shown);
	terminal_suspend(shown.terminal);
	own_terminal_take(&shown.own);
	terminal_destroy(shown.terminal);
	shown.terminal = NULL;
	assert_string_equal(own_terminal_take(&shown.own), "");
	assert_true(own_terminal_has_its_modes(&shown.own));
	shown_close(&shown);
}

/* Where nothing was shown yet, nothing but the modes is given back and taken again. */
static void a_pause_before_anything_is_shown_sends_nothing(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	terminal_set_mouse(shown.terminal, true);
	terminal_suspend(shown.terminal);
	assert_true(own_terminal_has_its_modes(&shown.own));
	terminal_restore();
	terminal_resume(shown.terminal);
	assert_false(own_terminal_has_its_modes(&shown.own));
	assert_string_equal(own_terminal_take(&shown.own), "");
	shown_show(&shown);
	assert_int_equal(emulator_modes(shown.own.emulator).mouse, 1);
	terminal_suspend(shown.terminal);
	shown_close(&shown);
	open_xterm(&shown);
	terminal_destroy(shown.terminal);
	shown.terminal = NULL;
	assert_true(own_terminal_has_its_modes(&shown.own));
	terminal_restore();
	assert_string_equal(own_terminal_take(&shown.own), "");
	shown_close(&shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_canvas_is_what_the_user_sees),
		cmocka_unit_test(only_news_are_sent),
		cmocka_unit_test(canvases_may_have_other_sizes),
		cmocka_unit_test(a_frame_is_whole_although_keys_wait),
		cmocka_unit_test(the_modes_are_those_of_a_program_that_reads_keys),
		cmocka_unit_test(signals_stay_as_they_are),
		cmocka_unit_test(the_end_gives_the_terminal_back),
		cmocka_unit_test(a_pause_gives_it_back_for_a_while),
		cmocka_unit_test(the_end_may_come_in_a_pause),
		cmocka_unit_test(a_pause_before_anything_is_shown_sends_nothing),
	};

	return cmocka_run_group_tests_name("terminal_shown", tests, NULL, NULL);
}
