/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a child keeps open where no call closes a range of descriptors, as before Linux 5.9. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "files/helper.h"

#define HIGH 300

static int ranges; /* that were to be closed */

long syscall(long number, ...)
{
#ifdef SYS_close_range
	ranges += number == SYS_close_range;
#endif
	errno = ENOSYS;
	return -1;
}

/* In the child. */
static void tell_open(int directory, const char *request, size_t length, struct text *reply)
{
	(void)directory, (void)request, (void)length;
	for (int i = 0; i <= HIGH + 1; i++)
		if (fcntl(i, F_GETFD) >= 0)
			text_append_format(reply, "%d ", i);
	text_append_format(reply, "of %d", ranges);
}

static void a_child_keeps_its_socket_alone(void **state)
{
	int opened = open("/dev/null", O_RDONLY | O_CLOEXEC), high, below;
	struct rlimit before, limit;
	const struct text none = {0};
	struct text reply = {0};
	struct helper helper;
	struct pollfd wait;

	(void)state;
	below = fcntl(opened, F_DUPFD_CLOEXEC, 1);
	high = fcntl(opened, F_DUPFD_CLOEXEC, HIGH);
	close(opened);
	assert_true(below > 0);
	assert_int_equal(high, HIGH);
	/* What is as high as the limit lets be is closed, too. */
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	limit = before;
	limit.rlim_cur = HIGH + 1;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_int_equal(helper_start(&helper), 0);
	assert_int_equal(helper_ask(&helper, tell_open, -1, &none), 0);
	wait = (struct pollfd){.fd = helper.socket, .events = POLLIN};
	assert_int_equal(poll(&wait, 1, 30000), 1);
	assert_int_equal(helper_take(&helper, &reply), 0);
#ifdef SYS_close_range
	assert_string_equal(text_string(&reply), "0 of 1");
#else
	assert_string_equal(text_string(&reply), "0 of 0");
#endif
	helper_kill(&helper);
	assert_int_equal(waitpid(helper.pid, NULL, 0), helper.pid);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	text_finish(&reply);
	close(high);
	close(below);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_keeps_its_socket_alone),
	};

	return cmocka_run_group_tests_name("helper_old", tests, NULL, NULL);
}
