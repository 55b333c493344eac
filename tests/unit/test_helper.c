/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "files/helper.h"
#include "kernel/clock.h"

#define WAIT_MS 10000

/* Calls, made in the child. */

static void lock_twice(int directory, const char *request, size_t length, struct text *reply)
{
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	(void)directory, (void)request, (void)length, (void)reply;
	for (;;)
		pthread_mutex_lock(&lock);
}

static void double_it(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory;
	text_append_bytes(reply, request, length);
	text_append_bytes(reply, request, length);
}

static void tell_directory(int directory, const char *request, size_t length, struct text *reply)
{
	struct stat stat = {0};

	(void)request, (void)length;
	fstat(directory, &stat);
	text_append_format(reply, "%d %ju", directory >= 0, (uintmax_t)stat.st_ino);
}

/* How many descriptors are open beside the socket, and which signals are blocked or handled. */
static void tell_inheritance(int directory, const char *request, size_t length, struct text *reply)
{
	int open = 0;

	(void)directory, (void)request, (void)length;
	for (int i = 1; i < 1000; i++)
		open += fcntl(i, F_GETFD) >= 0;
	text_append_format(reply, "%d %d %d", open, signal(SIGSEGV, SIG_DFL) == SIG_DFL,
			   getsid(0) == getpid());
}

static void hang(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length, (void)reply;
	for (;;)
		pause();
}

static void crash(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length, (void)reply;
	raise(SIGKILL);
}

static void ask(const struct helper *helper, helper_call call, int directory, const char *words)
{
	struct text request = {0};

	text_append(&request, words);
	assert_int_equal(helper_ask(helper, call, directory, &request), 0);
	text_finish(&request);
}

static void wait_for(const struct helper *helper)
{
	struct pollfd wait = {.fd = helper->socket, .events = POLLIN};

	assert_int_equal(poll(&wait, 1, WAIT_MS), 1);
}

static void assert_reply(const struct helper *helper, const char *expected)
{
	struct text reply = {0};

	wait_for(helper);
	assert_int_equal(helper_take(helper, &reply), 0);
	assert_string_equal(text_string(&reply), expected);
	text_finish(&reply);
}

/* Kills the helper, and sees that nothing of it is left. */
static void end(struct helper *helper)
{
	helper_kill(helper);
	while (!helper_is_gone(helper))
		poll(NULL, 0, 1);
}

/* From its end to this it is only waited for as long as that takes. */
static void its_end_is_waited_for(void **state)
{
	struct helper helper;

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	assert_false(helper_see_off(&helper, clock_ns(CLOCK_MONOTONIC)));
	helper_kill(&helper);
	assert_true(helper_see_off(&helper, INT64_MAX));
	/* Nothing of it is left, no zombie either. */
	assert_int_equal(kill(helper.pid, 0), -1);
	assert_true(helper_see_off(&helper, 0));
}

static void replies_come_in_order(void **state)
{
	struct helper helper;
	struct text reply = {0};

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	assert_int_equal(helper_take(&helper, &reply), -EAGAIN);
	ask(&helper, double_it, -1, "one");
	ask(&helper, double_it, -1, "two");
	assert_reply(&helper, "oneone");
	assert_reply(&helper, "twotwo");
	end(&helper);
}

static void a_directory_goes_along_and_stays(void **state)
{
	struct text expected = {0};
	struct helper helper;
	struct stat stat;
	int directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_int_equal(fstat(directory, &stat), 0);
	text_append_format(&expected, "1 %ju", (uintmax_t)stat.st_ino);
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, tell_directory, -1, "");
	assert_reply(&helper, "0 0");
	ask(&helper, tell_directory, directory, "");
	assert_reply(&helper, text_string(&expected));
	ask(&helper, tell_directory, -1, "");
	assert_reply(&helper, text_string(&expected));
	close(directory);
	text_finish(&expected);
	end(&helper);
}

static void nothing_of_the_parent_is_kept(void **state)
{
	struct helper helper;

	(void)state;
	signal(SIGSEGV, SIG_IGN);
	assert_int_equal(helper_start(&helper), 0);
	signal(SIGSEGV, SIG_DFL);
	ask(&helper, tell_inheritance, -1, "");
	assert_reply(&helper, "0 1 1");
	end(&helper);
}

static void one_that_hangs_is_blocked_and_can_be_killed(void **state)
{
	struct helper helper;

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, hang, -1, "");
	while (helper_get_state(&helper) != HELPER_BLOCKED)
		poll(NULL, 0, 1);
	end(&helper);
}

static void one_that_waits_for_a_lock_is_told_from_it(void **state)
{
	struct helper helper;

	(void)state;
	if (access("/proc/self/syscall", R_OK))
		skip();
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, lock_twice, -1, "");
	while (helper_get_state(&helper) != HELPER_LOCKED)
		poll(NULL, 0, 1);
	end(&helper);
}

static void the_end_of_one_is_told(void **state)
{
	struct text text = {0};
	struct helper helper;
	int error;

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, crash, -1, "");
	wait_for(&helper);
	assert_int_equal(helper_take(&helper, &text), -EPIPE);
	while ((error = helper_ask(&helper, double_it, -1, &text)) == -EAGAIN)
		poll(NULL, 0, 1);
	assert_int_equal(error, -EPIPE);
	end(&helper);
}

/* Without a parent it ends as if all was well. */
static void it_ends_with_its_socket(void **state)
{
	struct helper helper;
	int status = -1;

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, double_it, -1, "x");
	assert_reply(&helper, "xx");
	close(helper.socket);
	assert_int_equal(waitpid(helper.pid, &status, 0), helper.pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void too_long_a_request_is_refused(void **state)
{
	struct text request = {0};
	struct helper helper;

	(void)state;
	assert_int_equal(helper_start(&helper), 0);
	while (request.length <= HELPER_REQUEST_MAX)
		text_append(&request, "0123456789abcdef");
	assert_int_equal(helper_ask(&helper, double_it, -1, &request), -EMSGSIZE);
	text_finish(&request);
	end(&helper);
}

static void too_many_requests_wait_for_the_first(void **state)
{
	struct text request = {0};
	struct helper helper;

	(void)state;
	text_append(&request, "x");
	assert_int_equal(helper_start(&helper), 0);
	ask(&helper, hang, -1, "");
	while (helper_ask(&helper, double_it, -1, &request) == 0)
		;
	assert_int_equal(helper_ask(&helper, double_it, -1, &request), -EAGAIN);
	text_finish(&request);
	end(&helper);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_end_is_waited_for),
		cmocka_unit_test(replies_come_in_order),
		cmocka_unit_test(a_directory_goes_along_and_stays),
		cmocka_unit_test(nothing_of_the_parent_is_kept),
		cmocka_unit_test(one_that_hangs_is_blocked_and_can_be_killed),
		cmocka_unit_test(one_that_waits_for_a_lock_is_told_from_it),
		cmocka_unit_test(the_end_of_one_is_told),
		cmocka_unit_test(it_ends_with_its_socket),
		cmocka_unit_test(too_long_a_request_is_refused),
		cmocka_unit_test(too_many_requests_wait_for_the_first),
	};

	return cmocka_run_group_tests_name("helper", tests, NULL, NULL);
}
