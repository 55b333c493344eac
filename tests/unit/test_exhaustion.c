/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/exhaustion.h"
#include "app/message.h"
#include "base/memory.h"
#include "support/capture.h"

/* jansson's own way to ask. */
static void have_json_ask_too_much(void)
{
	json_malloc_t take;

	json_get_alloc_funcs(&take, NULL);
	take(SIZE_MAX / 2);
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

static void json_takes_the_same_memory(void **state)
{
	(void)state;
	check_end(have_json_ask_too_much);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sentence_and_the_status),
		cmocka_unit_test(json_takes_the_same_memory),
	};

	return cmocka_run_group_tests_name("exhaustion", tests, NULL, NULL);
}
