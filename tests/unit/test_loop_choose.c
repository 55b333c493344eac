/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include <signal.h>

#include "support/child.h"

#define F10 "\033[21~"

static struct screen_play play;
static struct viewer viewer;
static pid_t first, second;
static char words[80];

static int open_list(void **state)
{
	(void)state;
	play = (struct screen_play){.options = screen_play_options()};
	play.options.pid = 0;
	first = child_start(NULL, NULL);
	second = child_start(NULL, NULL);
	assert_true(first > 0 && second > 0);
	return 0;
}

static int close_list(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	child_end(first);
	child_end(second);
	return 0;
}

static const char *with_pid(const char *before, pid_t pid, const char *behind)
{
	snprintf(words, sizeof(words), "%s%d%s", before, (int)pid, behind);
	return words;
}

/* In the list that is open: it narrows it to the process and chooses that. */
static void choose(pid_t pid)
{
	assert_true(viewer_type(&viewer, with_pid("^", pid, "$")));
	screen_shows(&viewer, " 1 of ");
	screen_press(&viewer, "\r", with_pid(" vastop ", pid, " "));
	screen_shows(&viewer, "● live 0.01s");
	screen_loses(&viewer, "Esc leaves");
	screen_loses(&viewer, "Attaching to ");
	screen_shows(&viewer, "[stack]");
}

static void a_process_is_chosen_and_then_another(void **state)
{
	(void)state;
	screen_open(&viewer, screen_play_run, &play);
	screen_shows(&viewer, "which process?");
	screen_shows(&viewer, "Esc leaves");
	choose(first);
	screen_press(&viewer, "p", "which process?");
	choose(second);
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
}

static void the_name_that_several_have_narrows_the_list(void **state)
{
	(void)state;
	play.options.name = "test_loop_choos";
	screen_open(&viewer, screen_play_run, &play);
	screen_shows(&viewer, "which process?");
	screen_shows(&viewer, "filter: test_loop_choos");
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
}

/* Over the sample process, whose picture stays. */
static void esc_goes_back_to_the_picture(void **state)
{
	(void)state;
	play.options.pid = SCREEN_PLAY_PID;
	play.process = screen_process_create();
	screen_open(&viewer, screen_play_run, &play);
	screen_shows(&viewer, "root  sleeping");
	screen_press(&viewer, "p", "Esc leaves");
	screen_press(&viewer, "\033", "root  sleeping");
	screen_check(&viewer, "loop_80x24");
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
	screen_process_destroy(play.process);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_process_is_chosen_and_then_another, open_list,
						close_list),
		cmocka_unit_test_setup_teardown(the_name_that_several_have_narrows_the_list,
						open_list, close_list),
		cmocka_unit_test_setup_teardown(esc_goes_back_to_the_picture, open_list,
						close_list),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("loop_choose", tests, NULL, NULL);
}
