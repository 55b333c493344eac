/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "call_log.h"
#include "term/rescue.h"

/* How often a terminal that takes less, or nothing, is written to. */

#define STEPS 4

static struct {
	ssize_t taken[STEPS]; /* by each write; or -errno */
	int room[STEPS];      /* what each poll returns; or -errno */
	int write, poll;
} script;

static bool is_playing;

ssize_t write(int file, const void *bytes, size_t size)
{
	ssize_t taken;

	if (!is_playing)
		return (ssize_t)size;
	assert_int_equal(file, STDOUT_FILENO);
	assert_in_range(script.write, 0, STEPS - 1);
	taken = script.taken[script.write++];
	call_log_say("write %.*s", (int)size, (const char *)bytes);
	if (taken >= 0)
		return taken;
	errno = (int)-taken;
	return -1;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	const int room = script.room[script.poll++];

	assert_int_equal(count, 1);
	assert_int_equal(files->fd, STDOUT_FILENO);
	assert_int_equal(files->events, POLLOUT);
	call_log_say("poll %d", milliseconds);
	if (room >= 0)
		return room;
	errno = -room;
	return -1;
}

int tcsetattr(int file, int when, const struct termios *modes)
{
	assert_int_equal(file, STDIN_FILENO);
	assert_non_null(modes);
	call_log_say("modes %s", when == TCSANOW ? "now" : "drained");
	errno = EIO;
	return -1;
}

static void send(const char *bytes, ssize_t first, ssize_t second, const char *calls)
{
	script.taken[0] = first;
	script.taken[1] = second;
	script.write = script.poll = 0;
	call_log_clear();
	is_playing = true;
	rescue_send(bytes, strlen(bytes));
	is_playing = false;
	call_log_expect(calls);
}

static void all_of_it_is_sent(void **state)
{
	(void)state;
	send("", 1, 1, "");
	send("abc", 3, 1, "write abc\n");
	send("abc", 2, 1, "write abc\nwrite c\n");
	send("abc", -EINTR, 3, "write abc\nwrite abc\n");
}

static void what_takes_nothing_is_given_up(void **state)
{
	(void)state;
	send("abc", -EIO, 3, "write abc\n");
	errno = EINTR;
	send("abc", 0, 3, "write abc\n");
	errno = 0;
	send("abc", 1, -EPIPE, "write abc\nwrite bc\n");
}

/* A terminal that does not block is waited for, a second at a time. */
static void room_is_waited_for(void **state)
{
	(void)state;
	script.room[0] = 1;
	send("abc", -EAGAIN, 3, "write abc\npoll 1000\nwrite abc\n");
	script.room[0] = 0;
	send("abc", -EAGAIN, 3, "write abc\npoll 1000\n");
	script.room[0] = -EINTR;
	send("abc", -EAGAIN, 3, "write abc\npoll 1000\nwrite abc\n");
	script.room[0] = -ENOMEM;
	send("abc", -EAGAIN, 3, "write abc\npoll 1000\n");
}

/* Only while it is armed, once, and without changing errno. */
static void the_modes_are_given_back_once(void **state)
{
	(void)state;
	errno = 42;
	rescue_now();
	call_log_expect("");
	rescue_arm();
	rescue_now();
	call_log_expect("modes now\n");
	assert_int_equal(errno, 42);
	rescue_now();
	call_log_expect("");
	rescue_arm();
	rescue_disarm();
	rescue_now();
	call_log_expect("");
	rescue_set_modes();
	call_log_expect("modes drained\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_of_it_is_sent),
		cmocka_unit_test(what_takes_nothing_is_given_up),
		cmocka_unit_test(room_is_waited_for),
		cmocka_unit_test(the_modes_are_given_back_once),
	};

	return cmocka_run_group_tests_name("rescue_send", tests, NULL, NULL);
}
