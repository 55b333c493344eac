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

#include "app/once.h"
#include "app/options.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/golden.h"
#include "support/sample.h"

/* A source that gives a sample once, or an error. */
struct fake {
	struct source source;
	int error;
};

static int fake_read(struct source *source, struct address_space **ret_space)
{
	const struct fake *fake = (const struct fake *)source;

	if (fake->error)
		return fake->error;
	*ret_space = sample_python();
	return 0;
}

static const struct source_operations fake_operations = {.read = fake_read};

static char *run(const struct options *options, int error, int *ret_status)
{
	struct fake fake = {{&fake_operations}, error};
	struct capture capture;

	capture_begin(&capture, 1);
	*ret_status = once_run(options, &fake.source);
	return capture_end(&capture);
}

static void a_picture_of_the_size_asked_for(void **state)
{
	struct options options = {.action = ACTION_ONCE, .width = 90, .height = 30};
	int status;
	char *out;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	golden_check("once_90x30", out);
	free(out);
}

static void colour_only_when_asked_for(void **state)
{
	struct options options = {.action = ACTION_ONCE, .width = 90, .height = 30};
	int status;
	char *out;

	(void)state;
	out = run(&options, 0, &status);
	assert_null(strchr(out, '\033'));
	free(out);
	options.colour = COLOUR_ALWAYS;
	out = run(&options, 0, &status);
	assert_non_null(strchr(out, '\033'));
	free(out);
}

static void json_on_request(void **state)
{
	struct options options = {.action = ACTION_ONCE, .format = FORMAT_JSON};
	int status;
	char *out;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	golden_check("json_python", out);
	free(out);
}

static void an_error_writes_nothing_to_stdout(void **state)
{
	struct options options = {.action = ACTION_ONCE, .pid = 1, .procfs = "/proc"};
	int status;
	char *out;

	(void)state;
	out = run(&options, -EACCES, &status);
	assert_int_equal(status, 4);
	assert_string_equal(out, "");
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_of_the_size_asked_for),
		cmocka_unit_test(colour_only_when_asked_for),
		cmocka_unit_test(json_on_request),
		cmocka_unit_test(an_error_writes_nothing_to_stdout),
	};

	setlocale(LC_ALL, "");
	unsetenv("NO_COLOR");
	return cmocka_run_group_tests_name("once", tests, NULL, NULL);
}
