/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include <signal.h>

#include "app/launch.h"
#include "app/message.h"

#define F10 "\033[21~"

static struct screen_play play;
static struct viewer viewer;

static int open_process(void **state)
{
	(void)state;
	play = (struct screen_play){.options = screen_play_options(),
				    .process = screen_process_create()};
	return 0;
}

static int close_process(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	screen_process_destroy(play.process);
	return 0;
}

static void ends_blind(int expected, const char *sentence)
{
	screen_ends_blind(screen_play_run, &play, expected, sentence);
}

static void without_a_terminal_there_is_no_screen(void **state)
{
	(void)state;
	ends_blind(EXIT_TROUBLE, "vastop: the screen needs a terminal; vastop --once PID writes "
				 "one picture anywhere.\n");
	play.options.pid = 0;
	ends_blind(EXIT_USAGE, "vastop: which process? Give its PID or name, as in: vastop 1234 "
			       "(ps -e lists them).\n");
	play.options.name = "no\033such";
	ends_blind(EXIT_USAGE, "vastop: 'no\\x1bsuch' is not a PID, and no process has that name; "
			       "ps -e lists them.\n");
}

static void a_process_that_cannot_be_watched_has_no_screen(void **state)
{
	struct screen_process *process = play.process;

	(void)state;
	process->error = -ESRCH;
	ends_blind(EXIT_NO_PROCESS,
		   "vastop: there is no process 4194305, or it has ended; ps -e lists those "
		   "that run.\n");
	process->error = -EIO;
	ends_blind(EXIT_TROUBLE,
		   "vastop: cannot read process 4194305 from /proc: Input/output error.\n");
	/* There is none of that number. */
	play.process = NULL;
	ends_blind(EXIT_NO_PROCESS,
		   "vastop: there is no process 4194305, or it has ended; ps -e lists those "
		   "that run.\n");
	play.process = process;
}

static void what_cannot_be_opened_is_told_first(void **state)
{
	(void)state;
	play.options.record = "/nonexistent/file";
	ends_blind(EXIT_TROUBLE,
		   "vastop: cannot record to /nonexistent/file: No such file or directory.\n");
	play.options.theme = "/nonexistent/theme";
	ends_blind(EXIT_USAGE,
		   "vastop: cannot read theme '/nonexistent/theme': No such file or directory; "
		   "name one of --list-themes or a theme file by its path.\n");
}

/* The process does not answer, so that there is no screen yet. */
static void a_signal_ends_the_wait_for_a_process(void **state)
{
	int status;

	(void)state;
	play.process->slow = true;
	screen_open(&viewer, screen_play_run, &play);
	while (!play.process->waited)
		usleep(1000);
	assert_int_equal(kill(viewer.pid, SIGHUP), 0);
	status = viewer_end(&viewer, screen_deadline());
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGHUP);
	viewer_stop(&viewer);
}

static int play_dumb(const void *context)
{
	setenv("TERM", "dumb", 1);
	return screen_play_run(context);
}

static int play_nameless(const void *context)
{
	unsetenv("TERM");
	/* Not exit(3): curses has not freed what it made of no name. */
	_exit(screen_play_run(context));
}

static void a_terminal_without_a_cursor_has_no_screen(void **state)
{
	(void)state;
	screen_open(&viewer, play_dumb, &play);
	screen_ends(&viewer, EXIT_TROUBLE,
		    "vastop: this terminal (TERM=dumb) cannot place the cursor; vastop --once PID "
		    "writes one picture anywhere.\n");
	screen_open(&viewer, play_nameless, &play);
	screen_ends(&viewer, EXIT_TROUBLE,
		    "vastop: this terminal (TERM=) cannot place the cursor; vastop --once PID "
		    "writes one picture anywhere.\n");
}

/* A command that ends later than the process that is watched in its place. */
static int play_launch(const void *context)
{
	char *argv[] = {(char *)"sleep", (char *)"0.2", NULL};
	struct screen_play own = *(const struct screen_play *)context;
	struct launch launch;
	enum launch_step step;
	int status;

	if (launch_start(argv, own.options.output, true, &launch, &step))
		return 99;
	own.launch = &launch;
	status = screen_play_run(&own);
	launch_finish(&launch);
	return status;
}

static void a_command_is_let_go_and_its_end_is_told(void **state)
{
	const uint64_t one = 1;

	(void)state;
	play.options.output = "/dev/null";
	screen_open(&viewer, play_launch, &play);
	screen_shows(&viewer, "root  sleeping");
	assert_int_equal(write(play.process->exit, &one, sizeof(one)), sizeof(one));
	screen_shows(&viewer, "The process has ended");
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, EXIT_DONE,
		    "vastop: sleep ended with status 0; its output is in /dev/null.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_terminal_there_is_no_screen, open_process,
						close_process),
		cmocka_unit_test_setup_teardown(a_process_that_cannot_be_watched_has_no_screen,
						open_process, close_process),
		cmocka_unit_test_setup_teardown(what_cannot_be_opened_is_told_first, open_process,
						close_process),
		cmocka_unit_test_setup_teardown(a_signal_ends_the_wait_for_a_process, open_process,
						close_process),
		cmocka_unit_test_setup_teardown(a_terminal_without_a_cursor_has_no_screen,
						open_process, close_process),
		cmocka_unit_test_setup_teardown(a_command_is_let_go_and_its_end_is_told,
						open_process, close_process),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("interact", tests, NULL, NULL);
}
