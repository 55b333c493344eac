/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What becomes of a command when vastop is killed while it starts it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/launch.h"

static pid_t start_launcher(void)
{
	static char *const command[] = {"true", NULL};
	pid_t launcher = fork();
	enum launch_step step;
	struct launch launch;

	if (launcher == 0) {
		launch_start(command, "/dev/null", true, &launch, &step);
		/* Until it is killed, holding the command. */
		for (;;)
			pause();
	}
	return launcher;
}

/*
 * Waits for all that is left, here, where orphans come to. The commands end by themselves, unless
 * they were left in a stop.
 */
static bool all_end(void)
{
	const struct timespec moment = {.tv_nsec = 1000000};
	pid_t pid = 0;

	for (int i = 0; i < 20000 && pid >= 0; i++) {
		pid = waitpid(-1, NULL, WNOHANG);
		if (pid == 0)
			nanosleep(&moment, NULL);
	}
	return pid < 0 && errno == ECHILD;
}

/* Killed at any time, 0 to 2 ms after its start, the launcher leaves no child in a stop. */
static void whoever_kills_the_launcher_leaves_no_child_stopped(void **state)
{
	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	for (long i = 0; i < 400; i++) {
		const struct timespec delay = {.tv_nsec = i * 5000};
		pid_t launcher = start_launcher();

		assert_true(launcher > 0);
		nanosleep(&delay, NULL);
		kill(launcher, SIGKILL);
		if (!all_end())
			fail_msg("a child is left, launcher killed after %ld us", i * 5);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_kills_the_launcher_leaves_no_child_stopped),
	};

	return cmocka_run_group_tests_name("launch_killed", tests, NULL, NULL);
}
