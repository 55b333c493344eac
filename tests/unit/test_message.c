/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/message.h"
#include "app/options.h"
#include "support/capture.h"

/* One sentence, one line, no control bytes. */
static void check_sentence(const char *said, const char *part)
{
	assert_int_equal(strncmp(said, "vastop: ", 8), 0);
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	assert_int_equal(said[strlen(said) - 2], '.');
	for (const char *at = said; at[1]; at++)
		assert_true((unsigned char)*at >= 0x20);
	if (!strstr(said, part))
		fail_msg("'%s' is not in: %s", part, said);
}

static void every_error_of_a_source_has_a_sentence_and_a_status(void **state)
{
	static const struct {
		int error, status;
		const char *part;
	} cases[] = {
		{-ESRCH, 3, "no process 4711"}, {-ENOENT, 3, "no process 4711"},
		{-EACCES, 4, "as root"},        {-EPERM, 4, "as root"},
		{-ENXIO, 1, "kernel thread"},   {-EBADMSG, 1, "--procfs"},
		{-EMFILE, 1, "open files"},
	};
	const struct options options = {.pid = 4711, .procfs = "/proc"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct capture capture;
		char *said;

		capture_begin(&capture, 2);
		assert_int_equal(message_say_source_error(&options, cases[i].error),
				 cases[i].status);
		said = capture_end(&capture);
		check_sentence(said, cases[i].part);
		free(said);
	}
}

static void what_is_no_pid_is_quoted_safely(void **state)
{
	static const char *const arguments[] = {"no-such-name-here", "", "\033[2J\n", "(((",
						"\xff"};

	(void)state;
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
		struct capture capture;
		char *said;

		capture_begin(&capture, 2);
		assert_int_equal(message_say_not_a_pid(arguments[i]), 2);
		said = capture_end(&capture);
		check_sentence(said, "is not a process ID");
		free(said);
	}
}

static void no_byte_of_a_sentence_reaches_the_terminal_unescaped(void **state)
{
	struct capture capture;
	char *said;

	(void)state;
	capture_begin(&capture, 2);
	message_say("TERM=%s, as before: %s", "\033[31m\177\n", "\\x1b");
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: TERM=\\x1b[31m\\x7f\\n, as before: \\x1b\n");
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_of_a_source_has_a_sentence_and_a_status),
		cmocka_unit_test(what_is_no_pid_is_quoted_safely),
		cmocka_unit_test(no_byte_of_a_sentence_reaches_the_terminal_unescaped),
	};

	return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
