/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shown_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include "term/curses.h"
#include "term/rescue.h"
#include "terminfo_maker.h"

/* What a terminal of that type gets of a crash, after it was used. */
static char *rescued(const struct terminfo_made *type)
{
	struct shown shown;
	char *sent;

	terminfo_set(type);
	shown_open(&shown, TERMINFO_MADE, "fold = red\n", COLOUR_USE_AUTO);
	unsetenv("TERMINFO");
	own_terminal_take(&shown.own);
	errno = 42;
	terminal_restore();
	assert_int_equal(errno, 42);
	assert_true(own_terminal_has_its_modes(&shown.own));
	sent = strdup(own_terminal_take(&shown.own));
	/* Only once, and then not before it is taken again. */
	terminal_restore();
	assert_string_equal(own_terminal_take(&shown.own), "");
	shown_close(&shown);
	return sent;
}

static void assert_rescued(const struct terminfo_made *type, const char *expected)
{
	char *sent = rescued(type);

	assert_string_equal(sent, expected);
	free(sent);
}

#define PLACE "\033[%i%p1%d;%p2%dH"
#define CLEAR "\033[H\033[J"

static void all_that_was_made_of_it_is_undone(void **state)
{
	const struct terminfo_made full = {.clear = CLEAR,
					   .place = PLACE,
					   .plain = "<plain>",
					   .own_colours = "<colours>",
					   .keypad = "<keypad>",
					   .no_keypad = "<no keypad>",
					   .hide = "<hide>",
					   .show = "<show>",
					   .enter = "<enter>",
					   .leave = "<leave>",
					   .mouse = "\033[<"};

	(void)state;
	assert_rescued(&full, "\033[?1006l\033[?1000l<plain><colours><no keypad><show><leave>");
}

/* Without a second screen to the last line, however many there are. */
static void what_a_terminal_has_not_is_left_out(void **state)
{
	struct terminfo_made type = {.clear = CLEAR, .place = PLACE};

	(void)state;
	assert_rescued(&type, "\033[999;1H\r\n");
	type.leave = "<leave>";
	assert_rescued(&type, "<leave>");
	type.show = "<show>";
	assert_rescued(&type, "<show><leave>");
}

/* A handler of signals does not wait. */
static void padding_is_left_out(void **state)
{
	struct terminfo_made type = {.clear = CLEAR, .place = PLACE, .leave = "<leave>"};

	(void)state;
	type.plain = "a$<5>b$<10/>$<2*>c";
	assert_rescued(&type, "abc<leave>");
	/* What looks like it only. */
	type.plain = "a$b<5>$$<7>c<";
	assert_rescued(&type, "a$b<5>$c<<leave>");
}

static void no_more_is_kept_than_there_is_room_for(void **state)
{
	struct terminfo_made type = {.clear = CLEAR, .place = PLACE, .leave = "<leave>"};
	char plain[521];
	char *sent;

	(void)state;
	memset(plain, 'p', sizeof(plain) - 1);
	plain[520] = '\0';
	type.plain = plain;
	sent = rescued(&type);
	assert_int_equal(strlen(sent), 512);
	assert_int_equal(strspn(sent, "p"), 512);
	free(sent);
	plain[508] = '\0';
	sent = rescued(&type);
	assert_int_equal(strlen(sent), 512);
	assert_string_equal(sent + 508, "<lea");
	free(sent);
}

/* Not of a terminal that was there before. */
static void strings_are_those_of_the_terminal_that_is_there(void **state)
{
	struct terminfo_made type = {.clear = CLEAR, .place = PLACE, .leave = "<one>"};

	(void)state;
	assert_rescued(&type, "<one>");
	type.leave = "<two>";
	assert_rescued(&type, "<two>");
}

static void what_is_no_terminal_is_refused(void **state)
{
	struct terminal *terminal = (struct terminal *)&terminal;
	int opened = open("/dev/null", O_RDWR | O_CLOEXEC), null;
	struct theme theme = {0};
	struct own_terminal own;

	(void)state;
	null = fcntl(opened, F_DUPFD_CLOEXEC, 3);
	close(opened);
	if (!own_terminal_open(&own, "xterm-256color", 10, 40))
		skip();
	for (int standard = 0; standard < 2; standard++) {
		int before = fcntl(standard, F_DUPFD_CLOEXEC, 3);

		dup2(null, standard);
		assert_int_equal(rescue_save_modes(), -ENOTTY);
		assert_int_equal(terminal_create(&theme, COLOUR_USE_AUTO, &terminal), -ENOTTY);
		assert_ptr_equal(terminal, &terminal);
		dup2(before, standard);
		close(before);
	}
	assert_int_equal(rescue_save_modes(), 0);
	own_terminal_close(&own);
	close(null);
}

/* The other end of stdout, which nothing takes from for now. */
struct slow {
	int end;
	pthread_t writer;
	size_t taken;
	unsigned long sum;
};

static void ignore(int number)
{
	(void)number;
}

/* How much waits in the pipe. */
static int waiting_in(int end)
{
	int waiting = 0;

	assert_int_equal(ioctl(end, FIONREAD, &waiting), 0);
	return waiting;
}

/* Once the pipe is full the writer waits, is interrupted, and then has room. */
static void *take_slowly(void *context)
{
	struct slow *slow = context;
	int capacity = fcntl(slow->end, F_GETPIPE_SZ);
	unsigned char bytes[4096];
	ssize_t length;

	while (waiting_in(slow->end) < capacity)
		poll(NULL, 0, 1);
	pthread_kill(slow->writer, SIGUSR1);
	while ((length = read(slow->end, bytes, sizeof(bytes))) > 0) {
		for (ssize_t i = 0; i < length; i++)
			slow->sum = slow->sum * 31 + bytes[i];
		slow->taken += (size_t)length;
	}
	return NULL;
}

/* However slowly the terminal takes it, and whether it blocks or not. */
static void all_bytes_arrive(void **state)
{
	const struct sigaction action = {.sa_handler = ignore};
	enum { LENGTH = 20000 };
	static char bytes[LENGTH];
	unsigned long sum = 0;

	(void)state;
	for (int i = 0; i < LENGTH; i++) {
		bytes[i] = (char)('a' + i % 23);
		sum = sum * 31 + (unsigned char)bytes[i];
	}
	sigaction(SIGUSR1, &action, NULL);
	for (int blocks = 0; blocks < 2; blocks++) {
		struct slow slow = {.writer = pthread_self()};
		int ends[2], before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
		pthread_t thread;

		fflush(stdout);
		alarm(20);
		assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
		fcntl(ends[1], F_SETPIPE_SZ, 4096);
		if (!blocks)
			fcntl(ends[1], F_SETFL, O_NONBLOCK);
		slow.end = fcntl(ends[0], F_DUPFD_CLOEXEC, 3);
		close(ends[0]);
		dup2(ends[1], STDOUT_FILENO);
		close(ends[1]);
		assert_int_equal(pthread_create(&thread, NULL, take_slowly, &slow), 0);
		rescue_send(bytes, LENGTH);
		dup2(before, STDOUT_FILENO);
		close(before);
		pthread_join(thread, NULL);
		close(slow.end);
		alarm(0);
		assert_int_equal(slow.taken, LENGTH);
		assert_int_equal(slow.sum, sum);
	}
}

/* A terminal that is gone takes nothing: it is not waited for. */
static void a_terminal_that_is_gone_gets_nothing(void **state)
{
	int ends[2], before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	(void)state;
	fflush(stdout);
	signal(SIGPIPE, SIG_IGN);
	alarm(20);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
	rescue_send("bytes", 5);
	dup2(before, STDOUT_FILENO);
	close(before);
	alarm(0);
	signal(SIGPIPE, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_was_made_of_it_is_undone),
		cmocka_unit_test(what_a_terminal_has_not_is_left_out),
		cmocka_unit_test(padding_is_left_out),
		cmocka_unit_test(no_more_is_kept_than_there_is_room_for),
		cmocka_unit_test(strings_are_those_of_the_terminal_that_is_there),
		cmocka_unit_test(what_is_no_terminal_is_refused),
		cmocka_unit_test(all_bytes_arrive),
		cmocka_unit_test(a_terminal_that_is_gone_gets_nothing),
	};

	return cmocka_run_group_tests_name("rescue_strings", tests, NULL, NULL);
}
