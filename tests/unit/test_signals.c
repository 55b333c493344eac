/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>

#include "app/options.h"
#include "app/signals.h"
#include "app/tty.h"
#include "kernel/clock.h"
#include "pseudo_terminal.h"

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
static int status_of(void (*function)(void))
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

static void all_but_three_end_the_program(void **state)
{
	(void)state;
	for (int number = 1; number <= SIGRTMAX; number++)
		assert_int_equal(signals_end_program(number),
				 number != SIGTSTP && number != SIGCONT && number != SIGWINCH);
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
	int status = status_of(die_of_term);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	status = status_of(crash_guarded);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void send(int number)
{
	kill(getpid(), number);
}

/* Until the limit ends this. */
static void use_processor(int number)
{
	const struct rlimit limit = {1, 10}; /* seconds */
	volatile unsigned spin = 0;

	(void)number;
	setrlimit(RLIMIT_CPU, &limit);
	while (clock_ns(CLOCK_PROCESS_CPUTIME_ID) < INT64_C(1500000000))
		spin++;
}

static void write_too_much(int number)
{
	const struct rlimit limit = {0, 0}; /* bytes */
	int file = open("/tmp", O_WRONLY | O_TMPFILE, 0600);

	(void)number;
	setrlimit(RLIMIT_FSIZE, &limit);
	CHECK(write(file, "x", 1) == -1);
}

/* On the screen, has the signal come; then does what the loops do. */
static _Noreturn void show_and_end(void (*cause)(int number), int number)
{
	static const struct options options = {.procfs = "/proc"};
	struct pollfd wait = {.events = POLLIN};
	struct tty tty;

	CHECK(tty_open(&tty, &options) == 0);
	if (tty_take(&tty) == -ENODEV)
		_exit(SKIP);
	tty_show(&tty);
	cause(number);
	wait.fd = tty.signals;
	CHECK(poll(&wait, 1, WAIT_MS) == 1);
	CHECK(tty_take_signals(&tty) & TTY_ENDING);
	tty_close(&tty);
	signals_die(tty.ending_signal);
}

/* In the child of the terminal: a child of its own ends so, and leaves the terminal as it was. */
static void ends_well(void (*cause)(int number), int number)
{
	struct termios before, after;
	int status;
	pid_t pid;

	tcgetattr(STDIN_FILENO, &before);
	pid = fork();
	if (pid == 0)
		show_and_end(cause, number);
	CHECK(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status))
		_exit(WEXITSTATUS(status));
	if (!WIFSIGNALED(status) || WTERMSIG(status) != number)
		fprintf(stderr, "# signal %d: wait status %x\n", number, (unsigned)status);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == number);
	tcgetattr(STDIN_FILENO, &after);
	CHECK(same_modes(&before, &after));
	mark("<over>");
}

/* signal(7): those that do not end a process by default, or that nothing can be done about. */
static bool ends_a_process(int number)
{
	static const int others[] = {SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN,  SIGTTOU, SIGCHLD,
				     SIGCONT, SIGURG,  SIGPIPE, SIGWINCH, 32,      33};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (number == others[i])
			return false;
	return true;
}

static void come_from_outside(int ready)
{
	const struct rlimit none = {0, 0};

	(void)ready;
	setrlimit(RLIMIT_CORE, &none);
	for (int number = 1; number <= SIGRTMAX; number++)
		if (ends_a_process(number))
			ends_well(send, number);
}

static void come_from_limits(int ready)
{
	const struct rlimit none = {0, 0};

	(void)ready;
	setrlimit(RLIMIT_CORE, &none);
	ends_well(use_processor, SIGXCPU);
	ends_well(write_too_much, SIGXFSZ);
}

/* Each time, the second screen is left before the end. */
static void check_screens(void (*child)(int ready))
{
	const struct play play = {.type = "xterm-256color", .child = child};
	struct text output = {0};
	const char *at, *left, *over;
	size_t ends = 0;

	assert_runs(&play, &output);
	for (at = text_string(&output); (over = strstr(at, "<over>")); at = over + 1, ends++) {
		left = strstr(at, "\033[?1049l");
		assert_true(left && left < over);
	}
	assert_true(ends >= 2);
	text_finish(&output);
}

static void every_signal_that_ends_the_program_restores_the_terminal(void **state)
{
	(void)state;
	check_screens(come_from_outside);
}

static void limits_that_end_the_program_restore_the_terminal(void **state)
{
	(void)state;
	check_screens(come_from_limits);
}

/* nohup(1) has it so. */
static void open_ignoring(void)
{
	int descriptor;

	signal(SIGHUP, SIG_IGN);
	descriptor = signals_open();
	raise(SIGHUP);
	_exit(signals_read(descriptor));
}

static void what_is_ignored_stays_ignored(void **state)
{
	(void)state;
	assert_int_equal(status_of(open_ignoring), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_but_three_end_the_program),
		cmocka_unit_test(asking_signals_are_read_not_taken),
		cmocka_unit_test(a_process_ends_by_its_signal),
		cmocka_unit_test(every_signal_that_ends_the_program_restores_the_terminal),
		cmocka_unit_test(limits_that_end_the_program_restore_the_terminal),
		cmocka_unit_test(what_is_ignored_stays_ignored),
	};

	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
