/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How what was found is opened: open(2) is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "call_log.h"
#include "files/mapped_open.h"

static int errors[2]; /* of one call after the other; 0: it succeeds */
static size_t calls;

int open(const char *path, int flags, ...)
{
	const int usual = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

	assert_int_equal(flags & ~O_NOATIME, usual);
	call_log_say("open %s%s", path, flags & O_NOATIME ? ", its time stays" : "");
	assert_true(calls < 2);
	errno = errors[calls++];
	return errno ? -1 : 4711;
}

int __open_2(const char *path, int flags);

int __open_2(const char *path, int flags)
{
	return open(path, flags);
}

static void a_time_stays_where_that_is_permitted(void **state)
{
	static const struct {
		int errors[2], result;
		const char *log;
	} cases[] = {
#define FIRST  "open /proc/self/fd/9, its time stays\n"
#define SECOND "open /proc/self/fd/9\n"
		{{0, 0}, 4711, FIRST},
		{{EPERM, 0}, 4711, FIRST SECOND},
		{{EPERM, EPERM}, -EPERM, FIRST SECOND},
		{{EPERM, ENXIO}, -ENXIO, FIRST SECOND},
		{{EACCES, 0}, -EACCES, FIRST},
		{{ENXIO, 0}, -ENXIO, FIRST},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memcpy(errors, cases[i].errors, sizeof(errors));
		calls = 0;
		assert_int_equal(mapped_open(9), cases[i].result);
		call_log_expect(cases[i].log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_stays_where_that_is_permitted),
	};

	return cmocka_run_group_tests_name("mapped_open_calls", tests, NULL, NULL);
}
