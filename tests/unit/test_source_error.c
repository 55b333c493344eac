/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/source_error.h"
#include "base/text.h"
#include "said_sentence.h"
#include "support/capture.h"

static void every_error_of_a_source_has_a_sentence_and_a_status(void **state)
{
	static const struct {
		int error, status;
		const char *part;
	} cases[] = {
		{-ESRCH, 3, "no process 2147483647"}, {-ENOENT, 3, "no process 2147483647"},
		{-EACCES, 4, "permission denied"},    {-EPERM, 4, "permission denied"},
		{-ENXIO, 1, "kernel thread"},         {-EBADMSG, 1, "not in the format of procfs"},
		{-EMFILE, 1, "open files"},           {-EAGAIN, 1, "try again"},
	};
	const struct options options = {.pid = INT32_MAX, .procfs = "/proc"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct capture capture;
		char *said;

		capture_begin(&capture, 2);
		assert_int_equal(source_error_say(&options, cases[i].error), cases[i].status);
		said = capture_end(&capture);
		check_sentence(said, cases[i].part);
		free(said);
	}
}

/* What is listed is not said to be nowhere. */
static void a_zombie_is_called_one(void **state)
{
	struct options options = {.procfs = "/proc"};
	struct text text = {0};
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	assert_int_equal(waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT), 0);
	assert_int_equal(source_error_append(&text, &options, child, -ESRCH), EXIT_NO_PROCESS);
	assert_non_null(strstr(text_string(&text), "has ended: a zombie"));
	assert_int_equal(waitpid(child, NULL, 0), child);
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_of_a_source_has_a_sentence_and_a_status),
		cmocka_unit_test(a_zombie_is_called_one),
	};

	return cmocka_run_group_tests_name("source_error", tests, NULL, NULL);
}
