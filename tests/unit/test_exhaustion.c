/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/exhaustion.h"
#include "app/message.h"
#include "base/memory.h"
#include "support/capture.h"

static void ask_too_much(void)
{
	memory_alloc(SIZE_MAX / 2);
}

static void check_end(void (*ask)(void))
{
	struct capture capture;
	char *said;
	int status;
	pid_t child;

	capture_begin(&capture, STDERR_FILENO);
	child = fork();
	if (child == 0) {
		/* AddressSanitizer would end it in its own way. */
		exhaustion_prepare();
		ask();
		_exit(99);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	said = capture_end(&capture);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 1 && strstr(said, "AddressSanitizer")) {
		free(said);
		skip();
	}
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EXIT_TROUBLE);
	assert_string_equal(said, "vastop: out of memory; end other programs or raise the limit "
				  "(ulimit -v).\n");
	free(said);
}

static void one_sentence_and_the_status(void **state)
{
	(void)state;
	check_end(memory_exhausted);
}

static void what_is_asked_for_is_too_much(void **state)
{
	(void)state;
	check_end(ask_too_much);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sentence_and_the_status),
		cmocka_unit_test(what_is_asked_for_is_too_much),
	};

	return cmocka_run_group_tests_name("exhaustion", tests, NULL, NULL);
}
