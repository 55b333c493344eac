/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "app/message.h"
#include "support/capture.h"

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
		cmocka_unit_test(no_byte_of_a_sentence_reaches_the_terminal_unescaped),
	};

	return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
