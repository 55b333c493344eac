/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/signals.h"

static void asking_signals_are_read_not_taken(void **state)
{
	int descriptor = signals_open();
	struct pollfd wait = {.fd = descriptor, .events = POLLIN};

	(void)state;
	assert_true(descriptor >= 0);
	assert_int_equal(signals_read(descriptor), 0);
	raise(SIGWINCH);
	assert_int_equal(poll(&wait, 1, 10000), 1);
	assert_int_equal(signals_read(descriptor), SIGWINCH);
	raise(SIGTERM);
	assert_int_equal(poll(&wait, 1, 10000), 1);
	assert_int_equal(signals_read(descriptor), SIGTERM);
	assert_int_equal(signals_read(descriptor), 0);
	close(descriptor);
}

/* The status of a child that runs the function. */
static int run_child(void (*function)(void))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		function();
		_exit(99);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void die_of_term(void)
{
	signals_open();
	signals_die(SIGTERM);
}

static void crash_guarded(void)
{
	signals_guard_terminal();
	raise(SIGABRT);
}

static void a_process_ends_by_its_signal(void **state)
{
	int status = run_child(die_of_term);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	status = run_child(crash_guarded);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asking_signals_are_read_not_taken),
		cmocka_unit_test(a_process_ends_by_its_signal),
	};

	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
