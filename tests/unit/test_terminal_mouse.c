/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <unistd.h>

#include "pseudo_terminal.h"
#include "screen/canvas.h"
#include "screen/key.h"

#define ON  "\033[?1000h\033[?1006h"
#define OFF "\033[?1006l\033[?1000l"

static void show(struct terminal *terminal, char sign)
{
	struct canvas *canvas = canvas_create(40, 10, false);

	canvas_put(canvas, 0, 0, (uint32_t)sign, ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	canvas_destroy(canvas);
}

static void expect_key(struct terminal *terminal, uint32_t key)
{
	struct event event = next_event(terminal);

	CHECK(event.type == EVENT_KEY && event.key == key);
}

static void expect_press(struct terminal *terminal, enum mouse_button button, int column, int line)
{
	struct event event = next_event(terminal);

	CHECK(event.type == EVENT_MOUSE && event.mouse.button == button);
	CHECK(event.mouse.column == column && event.mouse.line == line);
}

static void read_presses(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	CHECK(terminal_set_mouse(terminal, true));
	show(terminal, 'x');
	CHECK(write(ready, "", 1) == 1);
	expect_press(terminal, MOUSE_LEFT, 9, 4);
	expect_key(terminal, 'a');
	expect_press(terminal, MOUSE_WHEEL_DOWN, 299, 199);
	/* Releases, movements and sequences that end in M for another reason are passed over. */
	expect_key(terminal, 'k');
	expect_key(terminal, KEY_ESC);
	expect_press(terminal, MOUSE_RIGHT, 0, 0);
	/* The older encoding, below and beyond what ASCII says. */
	expect_press(terminal, MOUSE_LEFT, 1, 2);
	expect_press(terminal, MOUSE_MIDDLE, 160, 100);
	expect_key(terminal, 'q');
	terminal_destroy(terminal);
}

static void presses_are_read_by_every_terminal_with_a_mouse(void **state)
{
	static const char *const types[] = {"xterm-256color", "xterm-direct",  "xterm",
					    "screen",         "tmux-256color", "linux"};
	int ran = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct play play = {
			.type = types[i],
			.child = read_presses,
			.input = "\033[<0;10;5M\033[<0;10;5ma\033[<65;300;200M"
				 "\033[<35;3;3M\033[<0;3M\033[1;2;3M\033[M#!!k"
				 "\033\033[<2;1;1M\033[M \"#\033[M!\301\205q",
		};
		struct text output = {0};
		int status = run(&play, &output);

		/* Not every machine knows every type. */
		assert_true(status == 0 || status == SKIP);
		text_finish(&output);
		ran += status == 0;
	}
	assert_true(ran > 0);
}

static void switch_mouse(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	(void)ready;
	show(terminal, 'a');
	mark("<on>");
	terminal_set_mouse(terminal, true);
	show(terminal, 'b');
	mark("<same>");
	terminal_set_mouse(terminal, true);
	show(terminal, 'c');
	mark("<off>");
	terminal_set_mouse(terminal, false);
	show(terminal, 'd');
	mark("<suspend>");
	terminal_set_mouse(terminal, true);
	terminal_suspend(terminal);
	mark("<resume>");
	terminal_resume(terminal);
	mark("<destroy>");
	terminal_destroy(terminal);
	mark("<end>");
}

/* How often a sequence stands between two marks. */
static int count(const struct text *output, const char *from, const char *to, const char *sequence)
{
	const char *at = strstr(text_string(output), from), *end;
	int found = 0;

	assert_non_null(at);
	end = strstr(at, to);
	assert_non_null(end);
	while ((at = strstr(at, sequence)) && at < end) {
		found++;
		at += strlen(sequence);
	}
	return found;
}

static void reports_are_asked_for_and_ended(void **state)
{
	struct play play = {.type = "xterm-256color", .child = switch_mouse};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_true(strstr(text_string(&output), ON) > strstr(text_string(&output), "<on>"));
	assert_int_equal(count(&output, "<on>", "<same>", ON), 1);
	assert_int_equal(count(&output, "<same>", "<off>", "\033[?100"), 0);
	assert_int_equal(count(&output, "<off>", "<suspend>", OFF), 1);
	assert_int_equal(count(&output, "<suspend>", "<resume>", OFF), 1);
	assert_int_equal(count(&output, "<resume>", "<destroy>", ON), 1);
	assert_int_equal(count(&output, "<destroy>", "<end>", OFF), 1);
	text_finish(&output);
}

static void rescue_with_mouse(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	(void)ready;
	terminal_set_mouse(terminal, true);
	show(terminal, 'a');
	mark("<restore>");
	terminal_restore();
	mark("<end>");
}

static void a_crash_ends_them_too(void **state)
{
	struct play play = {.type = "xterm-256color", .child = rescue_with_mouse};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_int_equal(count(&output, "<restore>", "<end>", OFF), 1);
	text_finish(&output);
}

static void find_no_mouse(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);

	(void)ready;
	CHECK(!terminal_set_mouse(terminal, true));
	show(terminal, 'a');
	terminal_suspend(terminal);
	terminal_resume(terminal);
	terminal_restore();
	terminal_destroy(terminal);
}

static void terminals_without_one_are_asked_nothing(void **state)
{
	struct play play = {.type = "vt100", .child = find_no_mouse};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_null(strstr(text_string(&output), "\033[?100"));
	text_finish(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presses_are_read_by_every_terminal_with_a_mouse),
		cmocka_unit_test(reports_are_asked_for_and_ended),
		cmocka_unit_test(a_crash_ends_them_too),
		cmocka_unit_test(terminals_without_one_are_asked_nothing),
	};

	return cmocka_run_group_tests_name("terminal_mouse", tests, NULL, NULL);
}
