/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pseudo_terminal.h"
#include "screen/canvas.h"
#include "screen/key.h"

static const struct theme theme; /* a plain one */

static void refuse(int ready)
{
	struct terminal *terminal = (struct terminal *)&theme;
	struct termios modes, now;

	(void)ready;
	CHECK(terminal_create(&theme, COLOUR_USE_AUTO, &terminal) == -ENODEV);
	CHECK(terminal == (struct terminal *)&theme);
	/* There is nothing to be given back: what changes by then stays. */
	tcgetattr(STDIN_FILENO, &modes);
	modes.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
	terminal_restore();
	tcgetattr(STDIN_FILENO, &now);
	CHECK(!(now.c_lflag & ECHO));
}

static void terminals_it_cannot_use_are_refused(void **state)
{
	static const char *const types[] = {"dumb", "no-such-terminal", "", "../../etc/passwd"};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct play play = {.type = types[i], .child = refuse};
		struct text output = {0};

		assert_runs(&play, &output);
		assert_string_equal(text_string(&output), "");
		text_finish(&output);
	}
}

static void refuse_no_terminal(int ready)
{
	struct terminal *terminal;
	int null = open("/dev/null", O_RDWR), input = dup(STDIN_FILENO);

	(void)ready;
	dup2(null, STDIN_FILENO);
	CHECK(terminal_create(&theme, COLOUR_USE_AUTO, &terminal) == -ENOTTY);
	dup2(input, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	CHECK(terminal_create(&theme, COLOUR_USE_AUTO, &terminal) == -ENOTTY);
}

static void what_is_no_terminal_is_refused(void **state)
{
	struct play play = {.type = "xterm-256color", .child = refuse_no_terminal};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_string_equal(text_string(&output), "");
	text_finish(&output);
}

static void show(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 0, 0, 40, "first 中 line", ROLE_KIND_HEAP);
	canvas_put(canvas, 39, 9, '%', ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<same>");
	terminal_show(terminal, canvas);
	mark("<one>");
	canvas_put(canvas, 5, 4, 'X', ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<all>");
	terminal_refresh(terminal);
	terminal_show(terminal, canvas);
	mark("<smaller>");
	canvas_destroy(canvas);
	canvas = canvas_create(500, 2, false);
	canvas_fill(canvas, 0, 0, 500, 2, '=', ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

/* The part of the output between two marks, to be freed. */
static char *between(const struct text *output, const char *from, const char *to)
{
	const char *start = strstr(text_string(output), from), *end;

	assert_non_null(start);
	start += strlen(from);
	end = strstr(start, to);
	assert_non_null(end);
	return strndup(start, (size_t)(end - start));
}

static void only_changes_are_sent(void **state)
{
	struct play play = {.type = "xterm-256color", .child = show};
	struct text output = {0};
	char *one, *all;

	(void)state;
	assert_runs(&play, &output);
	assert_non_null(strstr(text_string(&output), "38;5;"));
	assert_non_null(strstr(text_string(&output), "first 中 line"));
	assert_non_null(strstr(text_string(&output), "<same><one>"));
	one = between(&output, "<one>", "<all>");
	assert_true(strlen(one) < 16 && strchr(one, 'X'));
	all = between(&output, "<all>", "<smaller>");
	assert_non_null(strstr(all, "first"));
	assert_non_null(strstr(all, "%"));
	free(one);
	free(all);
	text_finish(&output);
}

static void show_plainly(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_NEVER);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 0, 0, 40, "heap", ROLE_KIND_HEAP);
	canvas_set_ground(canvas, 0, 0, 40, 1, ROLE_CURSOR);
	terminal_show(terminal, canvas);
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

static void colours_can_be_left_out(void **state)
{
	struct play play = {.type = "xterm-256color", .child = show_plainly};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_null(strstr(text_string(&output), "38;5;"));
	assert_null(strstr(text_string(&output), "48;5;"));
	assert_non_null(strstr(text_string(&output), "7m")); /* reverse */
	text_finish(&output);
}

static void show_and_stay(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 0, 0, 40, "first", ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<shown>");
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

/* A terminal that cannot hide its cursor has it in a corner, not upon what changed last. */
static void a_cursor_that_cannot_be_hidden_is_put_aside(void **state)
{
	struct play play = {.type = "vt100", .child = show_and_stay};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_non_null(strstr(text_string(&output), "first"));
	assert_null(strstr(text_string(&output), "first<shown>"));
	text_finish(&output);
}

static void read_keys(int ready)
{
	static const uint32_t keys[] = {
		'a',        KEY_ARROW_UP, KEY_FN,  KEY_PAGE_DOWN, 'x',       KEY_BACK,
		KEY_RETURN, 0xe4,         0x4e2d,  KEY_TAB,       12,        'y',
		KEY_DEL,    KEY_TO_END,   KEY_ESC, 'j',           KEY_SPACE, 'q',
	};
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct event event;

	terminal_read(terminal, &event);
	CHECK(event.type == EVENT_NONE);
	mark("<ready>");
	CHECK(write(ready, "", 1) == 1);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		event = next_event(terminal);
		if (event.type != EVENT_KEY || event.key != keys[i])
			fprintf(stderr, "# key %zu: %u\n", i, event.key);
		CHECK(event.type == EVENT_KEY && event.key == keys[i]);
	}
	terminal_destroy(terminal);
}

static void keys_are_read(void **state)
{
	/* Sequences that nobody knows stand before x and y. */
	struct play play = {
		.type = "xterm-256color",
		.child = read_keys,
		.input = "a\033OA\033OP\033[6~\033[99;99~x\177\rä中\t\014\033[?1;2cy\033[3~"
			 "\033OF\033j q",
	};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	text_finish(&output);
}

static void read_what_is_no_answer(int ready)
{
	static const uint32_t keys[] = {'a', 'b',          'c',     'd',     'e', 'f', 'g',
					'h', KEY_ARROW_UP, 'i',     KEY_ESC, ']', 'x', KEY_ESC,
					'P', 'q',          KEY_ESC, '_',     'y'};
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	struct event event;

	terminal_read(terminal, &event);
	CHECK(event.type == EVENT_NONE);
	CHECK(write(ready, "", 1) == 1);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		event = next_event(terminal);
		if (event.type != EVENT_KEY || event.key != keys[i])
			fprintf(stderr, "# key %zu: %u\n", i, event.key);
		CHECK(event.type == EVENT_KEY && event.key == keys[i]);
	}
	terminal_destroy(terminal);
}

/* Of questions that another program has left: colours, name, features, images, titles. */
static void answers_are_no_keys(void **state)
{
	const struct play play = {
		.type = "xterm-256color",
		.child = read_what_is_no_answer,
		.input = "a\033]11;rgb:0000/0000/0000\033\\b\033]4;1;rgb:q/q/q\007c"
			 "\033P>|XTerm(379)\033\\d\033P1+r544e=71\033\\e\033_Gi=31;OK\033\\f"
			 "\033]lquit q\033\\g\033[?62;1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;"
			 "19;20;21;22;23;24;25;26;27;28;29;30;31;32ch"
			 "\033]11;qq\033[Ai\033]x\033Pq\033_y",
	};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	text_finish(&output);
}

static void await_hang_up(int ready)
{
	struct terminal *terminal;

	signal(SIGHUP, SIG_IGN);
	terminal = open_terminal(COLOUR_USE_AUTO);
	CHECK(write(ready, "", 1) == 1);
	CHECK(next_event(terminal).type == EVENT_CLOSED);
	terminal_destroy(terminal);
}

static void a_hang_up_is_noticed(void **state)
{
	struct play play = {.type = "xterm", .child = await_hang_up, .hang_up = true};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	text_finish(&output);
}

static void change_size(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct winsize size = {.ws_row = 50, .ws_col = 132};
	struct event event;

	(void)ready;
	CHECK(terminal_columns(terminal) == 40 && terminal_lines(terminal) == 10);
	ioctl(STDOUT_FILENO, TIOCSWINSZ, &size);
	terminal_resize(terminal);
	CHECK(terminal_columns(terminal) == 132 && terminal_lines(terminal) == 50);
	size = (struct winsize){0};
	ioctl(STDOUT_FILENO, TIOCSWINSZ, &size);
	terminal_resize(terminal);
	CHECK(terminal_columns(terminal) == 80 && terminal_lines(terminal) == 24);
	size = (struct winsize){.ws_row = 1, .ws_col = 1};
	ioctl(STDOUT_FILENO, TIOCSWINSZ, &size);
	terminal_resize(terminal);
	CHECK(terminal_columns(terminal) == 1 && terminal_lines(terminal) == 1);
	terminal_read(terminal, &event);
	CHECK(event.type == EVENT_NONE);
	terminal_destroy(terminal);
}

static void sizes_are_taken_over(void **state)
{
	(void)state;
	assert_plays("xterm", change_size);
}

static void expect_unicode(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	(void)ready;
	CHECK(terminal_is_unicode(terminal));
	terminal_destroy(terminal);
}

static void expect_ascii(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	(void)ready;
	CHECK(!terminal_is_unicode(terminal));
	terminal_destroy(terminal);
}

static void knows_whether_unicode_is_shown(void **state)
{
	const struct play plays[] = {
		{.type = "xterm", .child = expect_unicode},
		{.type = "xterm", .child = expect_ascii, .locale = "C"},
		{.type = "linux", .child = expect_ascii},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(plays) / sizeof(plays[0]); i++) {
		struct text output = {0};

		assert_runs(&plays[i], &output);
		text_finish(&output);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminals_it_cannot_use_are_refused),
		cmocka_unit_test(what_is_no_terminal_is_refused),
		cmocka_unit_test(only_changes_are_sent),
		cmocka_unit_test(colours_can_be_left_out),
		cmocka_unit_test(a_cursor_that_cannot_be_hidden_is_put_aside),
		cmocka_unit_test(keys_are_read),
		cmocka_unit_test(answers_are_no_keys),
		cmocka_unit_test(a_hang_up_is_noticed),
		cmocka_unit_test(sizes_are_taken_over),
		cmocka_unit_test(knows_whether_unicode_is_shown),
	};

	return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
