/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>

#include "term/curses.h"
#include "terminfo_maker.h"

static const char theme_text[] = "fold = red\n";

static void open_xterm(struct shown *shown)
{
	shown_open(shown, "xterm-256color", theme_text, COLOUR_USE_AUTO);
}

/* Opens one that is made up; what it is stays so until the test ends. */
static void open_made(struct shown *shown, const struct terminfo_made *type)
{
	terminfo_set(type);
	shown_open(shown, TERMINFO_MADE, theme_text, COLOUR_USE_AUTO);
	unsetenv("TERMINFO");
}

static const struct terminfo_made least = {.place = "\033[%i%p1%d;%p2%dH", .clear = "\033[H\033[J"};

static void assert_size(struct shown *shown, int columns, int lines)
{
	assert_int_equal(terminal_columns(shown->terminal), columns);
	assert_int_equal(terminal_lines(shown->terminal), lines);
	assert_int_equal(COLS, columns);
	assert_int_equal(LINES, lines);
}

/* 80 by 24 where the terminal does not know one of the two. */
static void sizes_are_those_of_the_terminal(void **state)
{
	static const struct {
		int lines, columns, expected_lines, expected_columns;
	} sizes[] = {
		{50, 132, 50, 132}, {0, 132, 24, 80}, {50, 0, 24, 80}, {1, 1, 1, 1}, {8, 30, 8, 30},
	};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_size(&shown, SHOWN_COLUMNS, SHOWN_LINES);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		own_terminal_resize(&shown.own, sizes[i].lines, sizes[i].columns);
		terminal_resize(shown.terminal);
		assert_size(&shown, sizes[i].expected_columns, sizes[i].expected_lines);
	}
	/* No key of curses comes of it. */
	shown_assert_nothing(&shown);
	canvas_fill(shown.canvas, 0, 0, 40, 10, '*', ROLE_DEFAULT);
	shown_show(&shown);
	for (int line = 0; line < 8; line++)
		shown_assert_line(&shown, line, "******************************");
	shown_close(&shown);
}

/* What the terminal made of the picture meanwhile is not known. */
static void a_new_size_is_drawn_from_nothing(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	canvas_write(shown.canvas, 0, 0, 9, "text", ROLE_DEFAULT);
	shown_show(&shown);
	terminal_resize(shown.terminal);
	shown_show(&shown);
	assert_int_equal(shown_count(&shown, "\033[H\033[2J"), 1);
	assert_int_equal(shown_count(&shown, "text"), 1);
	shown_close(&shown);
}

static void colours_are_the_terminals_and_the_themes(void **state)
{
	struct theme plain = {0};
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_int_equal(
		theme_parse(theme_default_text, theme_default_length, &shown.theme, NULL, 0), 0);
	assert_true(terminal_has_colours(shown.terminal));
	assert_false(terminal_shows_colours(shown.terminal));
	terminal_set_theme(shown.terminal, &shown.theme);
	assert_true(terminal_shows_colours(shown.terminal));
	terminal_set_theme(shown.terminal, &plain);
	assert_true(terminal_has_colours(shown.terminal));
	assert_false(terminal_shows_colours(shown.terminal));
	shown_close(&shown);
	shown_open(&shown, "xterm-256color", theme_text, COLOUR_USE_NEVER);
	assert_false(terminal_has_colours(shown.terminal));
	assert_int_equal(
		theme_parse(theme_default_text, theme_default_length, &shown.theme, NULL, 0), 0);
	terminal_set_theme(shown.terminal, &shown.theme);
	assert_false(terminal_has_colours(shown.terminal));
	assert_false(terminal_shows_colours(shown.terminal));
	shown_close(&shown);
}

static void another_theme_is_seen_at_once(void **state)
{
	static const char other[] = "fold = blue\n";
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	canvas_write(shown.canvas, 0, 0, 9, "text", ROLE_FOLD);
	shown_show(&shown);
	assert_int_equal(emulator_cell(shown.own.emulator, 0, 3).foreground, 1);
	assert_int_equal(theme_parse(other, strlen(other), &shown.theme, NULL, 0), 0);
	terminal_set_theme(shown.terminal, &shown.theme);
	shown_show(&shown);
	assert_int_equal(emulator_cell(shown.own.emulator, 0, 3).foreground, 4);
	shown_close(&shown);
}

static void whether_unicode_is_shown_is_known(void **state)
{
	static const struct {
		const char *type, *locale;
		bool unicode;
	} cases[] = {
		{"xterm-256color", "C.UTF-8", true}, {"xterm-256color", "C", false},
		{"linux", "C.UTF-8", false},         {"linux", "C", false},
		{"vt100", "C.UTF-8", true},
	};
	struct shown shown;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct terminal *other;

		shown_open(&shown, cases[i].type, theme_text, COLOUR_USE_AUTO);
		terminal_destroy(shown.terminal);
		assert_non_null(setlocale(LC_ALL, cases[i].locale));
		assert_int_equal(terminal_create(&shown.theme, COLOUR_USE_AUTO, &other), 0);
		shown.terminal = other;
		assert_int_equal(terminal_is_unicode(other), cases[i].unicode);
		terminal_prefer_ascii(other);
		assert_false(terminal_is_unicode(other));
		shown_close(&shown);
	}
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

/* In a child, as curses keeps what it had begun with. Returns the line that is wrong. */
static int find_wrong(struct own_terminal *own)
{
	struct terminal *terminal = (struct terminal *)&theme_text;
	struct terminfo_made type = {.clear = "\033[H\033[J"};
	struct theme theme = {0};

	terminfo_set(&type);
	for (int known = 1; known >= 0; known--) {
		errno = ENOMEM; /* of something else */
		if (terminal_create(&theme, COLOUR_USE_AUTO, &terminal) != -ENODEV)
			return __LINE__;
		if (terminal != (struct terminal *)&theme_text)
			return __LINE__;
		if (!own_terminal_has_its_modes(own))
			return __LINE__;
		terminal_restore();
		if (strcmp(own_terminal_take(own), "") != 0)
			return __LINE__;
		unsetenv("TERMINFO");
		setenv("TERM", "no-such-terminal", 1);
	}
	return 0;
}

/* Beside those that curses itself refuses: one that cannot place its cursor. */
static void a_terminal_has_to_place_its_cursor(void **state)
{
	struct own_terminal own;
	int status;
	pid_t child;

	(void)state;
	if (!own_terminal_open(&own, TERMINFO_MADE, 10, 40))
		skip();
	child = fork();
	if (child == 0)
		_exit(find_wrong(&own) & 255);
	assert_int_equal(waitpid(child, &status, 0), child);
	own_terminal_close(&own);
	assert_int_equal(status, 0);
}

/* It has the cursor in the upper right corner, where it is least in the way. */
static void a_cursor_that_cannot_be_hidden_is_put_aside(void **state)
{
	struct emulator_modes modes;
	struct shown shown;

	(void)state;
	open_made(&shown, &least);
	canvas_write(shown.canvas, 3, 4, 9, "text", ROLE_DEFAULT);
	shown_show(&shown);
	shown_assert_line(&shown, 4, "   text");
	modes = emulator_modes(shown.own.emulator);
	assert_int_equal(modes.line, 0);
	assert_int_equal(modes.column, SHOWN_COLUMNS - 1);
	shown_close(&shown);
}

/* Of the picture all stays but the last line, in which the next prompt comes. */
static void without_a_second_screen_the_picture_stays(void **state)
{
	struct shown shown;

	(void)state;
	for (int pause = 0; pause < 2; pause++) {
		open_made(&shown, &least);
		canvas_fill(shown.canvas, 0, 0, 40, 10, '*', ROLE_DEFAULT);
		shown_show(&shown);
		if (pause) {
			terminal_suspend(shown.terminal);
		} else {
			terminal_destroy(shown.terminal);
			shown.terminal = NULL;
		}
		own_terminal_take(&shown.own);
		for (int line = 0; line < 9; line++)
			shown_assert_line(&shown, line, "****************************************");
		shown_assert_line(&shown, 9, "");
		assert_int_equal(emulator_modes(shown.own.emulator).line, 9);
		assert_int_equal(emulator_modes(shown.own.emulator).column, 0);
		shown_close(&shown);
	}
	/* Where there is one, nothing of it is touched. */
	open_xterm(&shown);
	canvas_fill(shown.canvas, 0, 0, 40, 10, '*', ROLE_DEFAULT);
	shown_show(&shown);
	terminal_suspend(shown.terminal);
	own_terminal_take(&shown.own);
	assert_int_equal(shown_count(&shown, "\033[K"), 0);
	assert_int_equal(shown_count(&shown, "\033[?1049l"), 1);
	shown_close(&shown);
}

static void a_terminal_without_a_mouse_is_not_asked(void **state)
{
	struct shown shown;

	(void)state;
	open_made(&shown, &least);
	assert_false(terminal_set_mouse(shown.terminal, true));
	shown_show(&shown);
	assert_false(terminal_set_mouse(shown.terminal, false));
	assert_false(terminal_set_mouse(shown.terminal, true));
	terminal_suspend(shown.terminal);
	terminal_resume(shown.terminal);
	own_terminal_take(&shown.own);
	assert_int_equal(shown_count(&shown, "\033[?100"), 0);
	shown_close(&shown);
}

static void the_mouse_is_asked_for_when_that_changes(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	assert_true(terminal_set_mouse(shown.terminal, false));
	shown_show(&shown);
	assert_int_equal(shown_count(&shown, "\033[?100"), 0);
	assert_true(terminal_set_mouse(shown.terminal, false));
	assert_string_equal(own_terminal_take(&shown.own), "");
	assert_true(terminal_set_mouse(shown.terminal, true));
	assert_string_equal(own_terminal_take(&shown.own), "\033[?1000h\033[?1006h");
	assert_true(terminal_set_mouse(shown.terminal, true));
	assert_string_equal(own_terminal_take(&shown.own), "");
	assert_true(terminal_set_mouse(shown.terminal, false));
	assert_string_equal(own_terminal_take(&shown.own), "\033[?1006l\033[?1000l");
	shown_close(&shown);
}

static void a_hang_up_is_the_end(void **state)
{
	struct shown shown;

	(void)state;
	open_xterm(&shown);
	shown_show(&shown);
	shown_assert_nothing(&shown);
	own_terminal_hang_up(&shown.own);
	assert_int_equal(shown_event(&shown).type, EVENT_CLOSED);
	shown_close(&shown);
}

/* What stdin is from now on. */
static void replace_input(int descriptor)
{
	assert_true(descriptor >= 0);
	assert_int_equal(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
	if (descriptor != STDIN_FILENO)
		close(descriptor);
}

static int open_again(int descriptor, int flags)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
	return open(path, flags | O_CLOEXEC);
}

static void what_will_never_give_anything_is_at_its_end(void **state)
{
	FILE *stream = tmpfile();
	int ends[2], memory, file;
	struct shown shown;

	(void)state;
	assert_non_null(stream);
	file = fcntl(fileno(stream), F_DUPFD_CLOEXEC, 3);
	fclose(stream);
	open_xterm(&shown);
	shown_show(&shown);
	/* At the end of a file; before it, only not to be read. */
	replace_input(open_again(file, O_RDONLY));
	assert_int_equal(shown_event(&shown).type, EVENT_CLOSED);
	assert_int_equal(write(file, "x", 1), 1);
	replace_input(open_again(file, O_WRONLY));
	shown_assert_nothing(&shown);
	/* A pipe that is empty, and then has no other end. */
	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	replace_input(ends[0]);
	shown_assert_nothing(&shown);
	close(ends[1]);
	assert_int_equal(shown_event(&shown).type, EVENT_CLOSED);
	/* A device that fails: what the kernel says of a page that is not mapped. */
	memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	assert_int_equal(lseek(memory, 8, SEEK_SET), 8);
	replace_input(memory);
	assert_int_equal(shown_event(&shown).type, EVENT_CLOSED);
	close(file);
	shown_close(&shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_those_of_the_terminal),
		cmocka_unit_test(a_new_size_is_drawn_from_nothing),
		cmocka_unit_test(colours_are_the_terminals_and_the_themes),
		cmocka_unit_test(another_theme_is_seen_at_once),
		cmocka_unit_test(whether_unicode_is_shown_is_known),
		cmocka_unit_test(a_terminal_has_to_place_its_cursor),
		cmocka_unit_test(a_cursor_that_cannot_be_hidden_is_put_aside),
		cmocka_unit_test(without_a_second_screen_the_picture_stays),
		cmocka_unit_test(a_terminal_without_a_mouse_is_not_asked),
		cmocka_unit_test(the_mouse_is_asked_for_when_that_changes),
		cmocka_unit_test(a_hang_up_is_the_end),
		cmocka_unit_test(what_will_never_give_anything_is_at_its_end),
	};

	return cmocka_run_group_tests_name("terminal_cases", tests, NULL, NULL);
}
