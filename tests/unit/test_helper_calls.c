/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper_kernel.h"

static void reset(void)
{
	memset(&kernel, 0, sizeof(kernel));
	kernel.pidfd = -1;
}

static bool is_open(int descriptor)
{
	return fcntl(descriptor, F_GETFD) >= 0;
}

static bool same_signals(const sigset_t *a, const sigset_t *b)
{
	for (int i = 1; i < SIGSYS; i++)
		if (sigismember(a, i) != sigismember(b, i))
			return false;
	return true;
}

static void a_child_has_one_end_of_a_socket(void **state)
{
	struct helper helper = {.pid = 1, .socket = 2};
	sigset_t before, after;

	(void)state;
	reset();
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	assert_int_equal(helper_start(&helper), 0);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	assert_true(kernel.blocked && same_signals(&before, &after));
	assert_int_equal(helper.pid, CHILD);
	assert_int_equal(helper.socket, kernel.ends[0]);
	assert_true(is_open(kernel.ends[0]) && !is_open(kernel.ends[1]));
	helper_kill(&helper);
	assert_int_equal(kernel.killed, SIGKILL);
	assert_int_equal(helper.socket, -1);
	assert_false(is_open(kernel.ends[0]));
}

static void without_a_child_nothing_is_left(void **state)
{
	struct helper helper = {.pid = 1, .socket = 2};
	sigset_t before, after;

	(void)state;
	reset();
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	kernel.errors[1] = EAGAIN;
	assert_int_equal(helper_start(&helper), -EAGAIN);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	assert_true(same_signals(&before, &after));
	assert_false(is_open(kernel.ends[0]) || is_open(kernel.ends[1]));
	reset();
	kernel.errors[0] = EMFILE;
	assert_int_equal(helper_start(&helper), -EMFILE);
	assert_int_equal(kernel.calls, 1);
	assert_true(helper.pid == 1 && helper.socket == 2);
}

static void call(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length, (void)reply;
}

static int ask(int directory, const char *words)
{
	const struct helper helper = {.pid = CHILD, .socket = 77};
	struct text request = {0};
	int error;

	text_append(&request, words);
	error = helper_ask(&helper, call, directory, &request);
	text_finish(&request);
	return error;
}

static void a_request_is_the_call_and_its_bytes(void **state)
{
	const helper_call expected = call;
	struct cmsghdr header;
	int directory;

	(void)state;
	reset();
	assert_int_equal(ask(-1, "words"), 0);
	assert_int_equal(kernel.flags, MSG_DONTWAIT | MSG_NOSIGNAL);
	assert_int_equal(kernel.sent_length, sizeof(expected) + 5);
	assert_memory_equal(kernel.sent, &expected, sizeof(expected));
	assert_memory_equal(kernel.sent + sizeof(expected), "words", 5);
	assert_null(kernel.message.msg_control);
	assert_int_equal(kernel.message.msg_controllen, 0);
	assert_int_equal(ask(0, ""), 0);
	assert_int_equal(kernel.message.msg_controllen, CMSG_SPACE(sizeof(int)));
	memcpy(&header, kernel.control, sizeof(header));
	assert_int_equal(header.cmsg_level, SOL_SOCKET);
	assert_int_equal(header.cmsg_type, SCM_RIGHTS);
	assert_int_equal(header.cmsg_len, CMSG_LEN(sizeof(int)));
	memcpy(&directory, kernel.control + CMSG_LEN(0), sizeof(directory));
	assert_int_equal(directory, 0);
	assert_int_equal(ask(9, ""), 0);
	memcpy(&directory, kernel.control + CMSG_LEN(0), sizeof(directory));
	assert_int_equal(directory, 9);
}

static void requests_have_a_limit(void **state)
{
	const struct helper helper = {.pid = CHILD, .socket = 77};
	struct text request = {0};

	(void)state;
	reset();
	while (request.length < HELPER_REQUEST_MAX)
		text_append_char(&request, 'x');
	assert_int_equal(helper_ask(&helper, call, -1, &request), 0);
	assert_int_equal(kernel.calls, 1);
	text_append_char(&request, 'x');
	assert_int_equal(helper_ask(&helper, call, -1, &request), -EMSGSIZE);
	assert_int_equal(kernel.calls, 1);
	text_finish(&request);
}

static void what_cannot_be_sent_now_can_be_later(void **state)
{
	static const int errors[][2] = {{EAGAIN, -EAGAIN},     {EINTR, -EAGAIN},
					{ENOBUFS, -EAGAIN},    {ETOOMANYREFS, -EAGAIN},
					{EMSGSIZE, -EMSGSIZE}, {EPIPE, -EPIPE},
					{ECONNRESET, -EPIPE},  {ENOTCONN, -EPIPE}};

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		reset();
		kernel.errors[0] = errors[i][0];
		assert_int_equal(ask(-1, "x"), errors[i][1]);
		assert_int_equal(kernel.calls, 1);
	}
}

static void a_reply_takes_the_place_of_the_last(void **state)
{
	static const int errors[][2] = {{EAGAIN, -EAGAIN}, {ECONNRESET, -EPIPE}, {EBADF, -EPIPE}};
	const struct helper helper = {.pid = CHILD, .socket = 77};
	struct text reply = {0};

	(void)state;
	text_append(&reply, "before");
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		reset();
		kernel.errors[0] = errors[i][0];
		assert_int_equal(helper_take(&helper, &reply), errors[i][1]);
		assert_int_equal(kernel.calls, 1);
	}
	reset();
	kernel.reply = "";
	assert_int_equal(helper_take(&helper, &reply), -EPIPE);
	assert_string_equal(text_string(&reply), "before");
	reset();
	kernel.errors[0] = kernel.errors[1] = EINTR;
	kernel.reply = "now";
	assert_int_equal(helper_take(&helper, &reply), 0);
	assert_int_equal(kernel.calls, 3);
	assert_int_equal(kernel.flags, MSG_DONTWAIT);
	assert_int_equal(kernel.room, HELPER_REPLY_MAX);
	assert_string_equal(text_string(&reply), "now");
	text_finish(&reply);
}

#define STAT(state) "4242 (vastop-files) " state " 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 1 1\n"

static void its_state_is_what_the_kernel_says(void **state)
{
	const struct helper helper = {.pid = CHILD, .socket = 77};
	char futex[32];

	(void)state;
	reset();
	snprintf(futex, sizeof(futex), "%d 0x1 0x2\n", SYS_futex);
	kernel.stat = STAT("R");
	kernel.syscall = futex;
	assert_int_equal(helper_get_state(&helper), HELPER_RUNNING);
	kernel.stat = STAT("S");
	assert_int_equal(helper_get_state(&helper), HELPER_LOCKED);
	kernel.stat = NULL;
	assert_int_equal(helper_get_state(&helper), HELPER_LOCKED);
	kernel.stat = "nonsense";
	assert_int_equal(helper_get_state(&helper), HELPER_LOCKED);
	kernel.stat = STAT("D");
	kernel.syscall = "running\n";
	assert_int_equal(helper_get_state(&helper), HELPER_BLOCKED);
	snprintf(futex, sizeof(futex), "%d 0x1 0x2\n", SYS_futex + 1);
	kernel.syscall = futex;
	assert_int_equal(helper_get_state(&helper), HELPER_BLOCKED);
	kernel.syscall = NULL;
	assert_int_equal(helper_get_state(&helper), HELPER_BLOCKED);
}

static void its_end_is_waited_for_until_a_time(void **state)
{
	const struct helper helper = {.pid = CHILD, .socket = 77};
	int opened = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	reset();
	kernel.left = 1;
	assert_false(helper_is_gone(&helper));
	assert_true(helper_is_gone(&helper));
	kernel.left = -1;
	assert_true(helper_is_gone(&helper));
	/* Where its end can be polled for, for all of the time; else now and then. */
	reset();
	kernel.left = 100;
	/* 0, as the suite starts tests without stdin. */
	kernel.pidfd = opened;
	assert_false(helper_see_off(&helper, 30 * MS));
	assert_int_equal(kernel.polls, 1);
	assert_int_equal(kernel.timeouts[0], 31);
	assert_int_equal(kernel.polled, kernel.pidfd);
	assert_false(is_open(kernel.pidfd));
	reset();
	kernel.left = 2;
	assert_true(helper_see_off(&helper, 30 * MS));
	assert_int_equal(kernel.polls, 2);
	assert_int_equal(kernel.timeouts[0], 1);
	assert_int_equal(kernel.timeouts[1], 1);
	reset();
	kernel.left = 1;
	kernel.now = 5;
	assert_false(helper_see_off(&helper, 5));
	assert_int_equal(kernel.polls, 0);
	assert_true(helper_see_off(&helper, 5));
	kernel.left = 1;
	assert_true(helper_see_off(&helper, 6));
	assert_int_equal(kernel.polls, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_has_one_end_of_a_socket),
		cmocka_unit_test(without_a_child_nothing_is_left),
		cmocka_unit_test(a_request_is_the_call_and_its_bytes),
		cmocka_unit_test(requests_have_a_limit),
		cmocka_unit_test(what_cannot_be_sent_now_can_be_later),
		cmocka_unit_test(a_reply_takes_the_place_of_the_last),
		cmocka_unit_test(its_state_is_what_the_kernel_says),
		cmocka_unit_test(its_end_is_waited_for_until_a_time),
	};

	return cmocka_run_group_tests_name("helper_calls", tests, NULL, NULL);
}
