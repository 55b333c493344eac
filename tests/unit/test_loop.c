/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include <signal.h>

#define CTRL_L "\f"
#define F10    "\033[21~"

static struct screen_play play;
static struct viewer viewer;

/* Opens the screen on the sample process, until what comes later than the first frame is there. */
static int open_screen(void **state)
{
	(void)state;
	play = (struct screen_play){.options = screen_play_options(),
				    .process = screen_process_create()};
	return 0;
}

static int close_screen(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	screen_process_destroy(play.process);
	return 0;
}

static void start(void)
{
	screen_open(&viewer, screen_play_run, &play);
	screen_shows(&viewer, "root  sleeping");
}

static void quit(void)
{
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
}

static void the_first_picture_is_whole(void **state)
{
	(void)state;
	start();
	screen_has_line(&viewer, 0,
			" vastop 4194305 python3 app.py          root  sleeping  4 threads  ● live "
			"0.01s");
	screen_check(&viewer, "loop_80x24");
	quit();
}

static void options_are_in_it(void **state)
{
	(void)state;
	play.options.scale = SCALE_LINEAR;
	play.options.interval_ns = 500000000;
	play.options.colour = COLOUR_NEVER;
	play.options.ascii = true;
	start();
	screen_has_line(&viewer, 0,
			" vastop 4194305 python3 app.py           root  sleeping  4 threads  * "
			"live 0.5s");
	screen_check(&viewer, "loop_options_80x24");
	quit();
}

static void samples_come_to_the_screen(void **state)
{
	(void)state;
	start();
	screen_shows(&viewer, "506 pages");
	screen_process_grow(play.process);
	screen_shows(&viewer, "762 pages");
	screen_check(&viewer, "loop_grown_80x24");
	screen_press(&viewer, "m", "Baseline set: growth counts from now on.");
	screen_loses(&viewer, "+1.0M");
	quit();
}

/* What was highlighted is no more some seconds later. */
static void the_end_of_the_process_is_seen_twice_and_told_once(void **state)
{
	const uint64_t one = 1;

	(void)state;
	start();
	assert_int_equal(write(play.process->exit, &one, sizeof(one)), sizeof(one));
	screen_shows(&viewer, "The process has ended");
	screen_loses(&viewer, "live 0.01s");
	play.process->error = -ESRCH;
	screen_press(&viewer, "r", "there is nothing more to record");
	quit();
}

static void a_sample_that_finds_no_process_is_its_end(void **state)
{
	(void)state;
	start();
	play.process->error = -ESRCH;
	screen_shows(&viewer, "The process has ended");
	quit();
}

static void why_there_are_no_samples_is_told_while_there_are_none(void **state)
{
	(void)state;
	start();
	play.process->error = -EACCES;
	screen_shows(&viewer, "It can no longer be read");
	play.process->error = -EIO;
	screen_shows(&viewer, "Input/output error");
	screen_process_grow(play.process);
	play.process->error = 0;
	screen_loses(&viewer, "Input/output error");
	screen_shows(&viewer, "762 pages");
	quit();
}

/* Shorter than an hour the keys make the interval, and the sampler begins it at once. */
static void keys_set_the_interval(void **state)
{
	(void)state;
	play.options.interval_ns = UINT64_C(3600000000000);
	start();
	for (const char *live = "● live 60.0s\0● live 30.0s\0● live 10.0s\0● live 5.0s\0"
				"● live 2.0s\0● live 1.0s\0● live 0.5s\0● live 0.2s\0";
	     *live; live += strlen(live) + 1)
		screen_press(&viewer, "<", live);
	/* Keys that come at once are steps, too. */
	screen_press(&viewer, ">>>", "● live 2.0s");
	screen_press(&viewer, "<<<<", "● live 0.1s");
	screen_process_grow(play.process);
	screen_shows(&viewer, "762 pages");
	quit();
}

/* An hour passes until the next sample comes by itself. */
static void a_sample_is_taken_when_asked_for(void **state)
{
	(void)state;
	play.options.interval_ns = UINT64_C(3600000000000);
	start();
	screen_shows(&viewer, "● live 3600.0s");
	screen_process_grow(play.process);
	assert_true(viewer_type(&viewer, CTRL_L));
	screen_shows(&viewer, "762 pages");
	screen_press(&viewer, "<", "● live 60.0s");
	screen_press(&viewer, "<", "● live 30.0s");
	screen_press(&viewer, ">", "● live 60.0s");
	quit();
}

/* After a second in which nothing else comes. */
static void that_the_process_does_not_answer_is_seen(void **state)
{
	(void)state;
	start();
	play.process->slow = true;
	screen_shows(&viewer, "Waiting for the kernel");
	play.process->slow = false;
	screen_loses(&viewer, "Waiting for the kernel");
	quit();
}

static void the_mouse_and_themes_are_the_terminals(void **state)
{
	(void)state;
	start();
	screen_press(&viewer, "M", "The mouse is on; ");
	/* The band in that line, from 1 on. */
	screen_press(&viewer, "\033[<0;30;7M\033[<0;30;7m", "╭ 20 maps ─");
	screen_press(&viewer, "M", "The mouse is off: ");
	screen_press(&viewer, "M", "The mouse is on; ");
	screen_press(&viewer, "T", "Theme ");
	quit();
	play.options.no_mouse = false;
	start();
	screen_press(&viewer, "M", "The mouse is off: ");
	quit();
}

static void another_size_has_another_picture(void **state)
{
	(void)state;
	start();
	viewer_resize(&viewer, 16, 100);
	screen_shows(&viewer, "4 threads  ● live 0.01s  12:21:07");
	screen_check(&viewer, "loop_100x16");
	quit();
}

static void a_signal_ends_it_and_is_its_end(void **state)
{
	int status;

	(void)state;
	start();
	assert_int_equal(kill(viewer.pid, SIGTERM), 0);
	status = viewer_end(&viewer, screen_deadline());
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	viewer_stop(&viewer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_first_picture_is_whole, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(options_are_in_it, open_screen, close_screen),
		cmocka_unit_test_setup_teardown(samples_come_to_the_screen, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(the_end_of_the_process_is_seen_twice_and_told_once,
						open_screen, close_screen),
		cmocka_unit_test_setup_teardown(a_sample_that_finds_no_process_is_its_end,
						open_screen, close_screen),
		cmocka_unit_test_setup_teardown(
			why_there_are_no_samples_is_told_while_there_are_none, open_screen,
			close_screen),
		cmocka_unit_test_setup_teardown(keys_set_the_interval, open_screen, close_screen),
		cmocka_unit_test_setup_teardown(a_sample_is_taken_when_asked_for, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(that_the_process_does_not_answer_is_seen,
						open_screen, close_screen),
		cmocka_unit_test_setup_teardown(the_mouse_and_themes_are_the_terminals, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(another_size_has_another_picture, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(a_signal_ends_it_and_is_its_end, open_screen,
						close_screen),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
