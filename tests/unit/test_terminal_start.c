/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "pseudo_terminal.h"
#include "screen/canvas.h"

static bool has_modes(const struct termios *modes)
{
	struct termios now;

	return tcgetattr(STDIN_FILENO, &now) == 0 && now.c_lflag == modes->c_lflag &&
	       now.c_iflag == modes->c_iflag && now.c_oflag == modes->c_oflag;
}

/* There may turn out to be nothing to show. */
static void show_nothing(int ready)
{
	struct termios before;
	struct terminal *terminal;

	(void)ready;
	CHECK(tcgetattr(STDIN_FILENO, &before) == 0);
	terminal = open_terminal(COLOUR_USE_AUTO);
	CHECK(!has_modes(&before));
	terminal_set_mouse(terminal, true);
	terminal_resize(terminal);
	terminal_suspend(terminal);
	CHECK(has_modes(&before));
	terminal_resume(terminal);
	CHECK(!has_modes(&before));
	terminal_destroy(terminal);
	CHECK(has_modes(&before));
}

static void nothing_is_sent_before_there_is_something_to_show(void **state)
{
	static const char *const types[] = {"xterm-256color", "linux", "vt100"};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct play play = {.type = types[i], .child = show_nothing};
		struct text output = {0};

		assert_runs(&play, &output);
		assert_string_equal(text_string(&output), "");
		text_finish(&output);
	}
}

/* The system calls so far that write; -1 where the kernel does not count them (proc_pid_io(5)). */
static long count_writes(void)
{
	FILE *file = fopen("/proc/self/io", "r");
	char line[80];
	long count = -1;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, "syscw: ", 7))
			count = strtol(line + 7, NULL, 10);
	if (file)
		fclose(file);
	return count;
}

/* Words in two columns of each line, so that the cursor has to move between all of them. */
static void show_in_few_writes(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct canvas *canvas = canvas_create(40, 10, false);
	long before = count_writes();

	(void)ready;
	if (before < 0)
		_exit(SKIP);
	for (int frame = 0; frame < 2; frame++) {
		for (int y = 0; y < 10; y++) {
			canvas_put(canvas, 2, y, frame ? 'a' : 'b', ROLE_KIND_HEAP);
			canvas_put(canvas, 30, y, frame ? 'c' : 'd', ROLE_KIND_TEXT);
		}
		terminal_show(terminal, canvas);
	}
	/* As many as fill the buffer of curses; it has to move 40 times. */
	CHECK(count_writes() - before <= 10);
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

static void a_frame_is_few_writes(void **state)
{
	(void)state;
	assert_plays("xterm-256color", show_in_few_writes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_sent_before_there_is_something_to_show),
		cmocka_unit_test(a_frame_is_few_writes),
	};

	return cmocka_run_group_tests_name("terminal_start", tests, NULL, NULL);
}
