/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler_script.h"
#include "screen_play.h"

#include "app/message.h"

/* A machine that has no thread left for what is watched. */

/* As when a user starts it: what it says goes to the terminal, too. */
static int run_at_terminal(const void *play)
{
	dup2(STDOUT_FILENO, STDERR_FILENO);
	return screen_play_run(play);
}

static void why_nothing_is_watched_is_said_once_the_screen_is_left(void **state)
{
	struct screen_play play = {.options = screen_play_options(),
				   .process = screen_process_create()};
	struct viewer viewer;
	char *text;
	int found;

	(void)state;
	sampler_error = -EAGAIN;
	screen_open(&viewer, run_at_terminal, &play);
	found = viewer_end(&viewer, screen_deadline());
	assert_true(WIFEXITED(found));
	assert_int_equal(WEXITSTATUS(found), EXIT_TROUBLE);
	text = screen_text(&viewer);
	assert_non_null(strstr(text, "vastop: cannot start a thread: Resource temporarily"));
	free(text);
	viewer_stop(&viewer);
	screen_process_destroy(play.process);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(why_nothing_is_watched_is_said_once_the_screen_is_left),
	};

	return cmocka_run_group_tests_name("loop_refused", tests, NULL, NULL);
}
