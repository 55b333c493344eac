/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "app/locate.h"
#include "app/message.h"
#include "app/options.h"
#include "model/address_space.h"
#include "sample_source.h"
#include "support/capture.h"
#include "support/golden.h"

/* What it writes to the descriptor, 1 or 2; no files can be found. */
static char *run(const char *expression, int error, int descriptor, int *ret_status)
{
	const struct options options = {
		.action = ACTION_LOCATE,
		.pid = 20712,
		.place = expression,
		.procfs = error ? "/proc" : "/nowhere",
	};
	struct sample_source fake = sample_source_of(error);
	struct capture capture, other;

	capture_begin(&capture, descriptor);
	capture_begin(&other, 3 - descriptor);
	*ret_status = locate_run(&options, &fake.source);
	free(capture_end(&other));
	return capture_end(&capture);
}

static void the_answer_is_written(void **state)
{
	int status;
	char *out = run("libc+0x2a000", 0, 1, &status);

	(void)state;
	assert_int_equal(status, EXIT_DONE);
	golden_check("locate", out);
	free(out);
	out = run("55b5f7c8d000", 0, 1, &status);
	assert_int_equal(strncmp(out, "address  55b5f7c8d000\n", 22), 0);
	free(out);
}

static void a_mistake_is_one_sentence(void **state)
{
	int status;
	char *out = run("hepa+1", 0, 2, &status);

	(void)state;
	assert_int_equal(status, EXIT_USAGE);
	assert_string_equal(out, "vastop: --locate='hepa+1': Unknown name: 'hepa'; did you "
				 "mean heap?\n");
	free(out);
	out = run("\033[2J", 0, 2, &status);
	assert_null(strchr(out, '\033'));
	free(out);
	out = run("hepa", 0, 1, &status);
	assert_string_equal(out, "");
	free(out);
}

static void a_process_that_cannot_be_read_is_told(void **state)
{
	int status;
	char *out = run("heap", -ESRCH, 2, &status);

	(void)state;
	assert_int_equal(status, EXIT_NO_PROCESS);
	assert_non_null(strstr(out, "vastop: "));
	free(out);
	out = run("heap", -EACCES, 2, &status);
	assert_int_equal(status, EXIT_NO_PERMISSION);
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_answer_is_written),
		cmocka_unit_test(a_mistake_is_one_sentence),
		cmocka_unit_test(a_process_that_cannot_be_read_is_told),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("locate", tests, NULL, NULL);
}
