/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/source_error.h"
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
		assert_int_equal(source_error_say(&options, cases[i].error), cases[i].status);
		said = capture_end(&capture);
		check_sentence(said, cases[i].part);
		free(said);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_of_a_source_has_a_sentence_and_a_status),
	};

	return cmocka_run_group_tests_name("source_error", tests, NULL, NULL);
}
