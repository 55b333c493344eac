/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "app/once_picture.h"
#include "app/once_target.h"
#include "app/options.h"
#include "model/address_space.h"
#include "report_text.h"
#include "screen/theme.h"
#include "support/golden.h"
#include "support/sample.h"

/* The picture without its last line, which differs from machine to machine. */
static char *write_picture(const struct options *options)
{
	struct once_target target = {.pid = 20712, .space = sample_python()};
	struct report_text text;
	struct theme theme;
	char *out;

	target.space->target.uid = 0;
	usage_table_init(&target.usage, target.space, NULL, NULL, 0);
	theme_parse(theme_default_text, theme_default_length, &theme, NULL, 0);
	report_text_begin(&text);
	assert_int_equal(once_picture_write(text.stream, options, &target, &theme), 0);
	out = report_text_end(&text);
	once_target_finish(&target);
	assert_non_null(strrchr(out, '\n'));
	*strrchr(out, '\n') = '\0';
	assert_non_null(strrchr(out, '\n'));
	strrchr(out, '\n')[1] = '\0';
	return out;
}

static void the_filter_is_named_and_dims(void **state)
{
	const struct options options = {.action = ACTION_ONCE,
					.procfs = "/proc",
					.width = 80,
					.height = 20,
					.filter = "kind:heap",
					.colour = COLOUR_NEVER};
	char *out = write_picture(&options);

	(void)state;
	golden_check("once_picture_filter", out);
	free(out);
}

static void the_scale_is_that_of_the_options(void **state)
{
	struct options options = {.action = ACTION_ONCE,
				  .procfs = "/proc",
				  .width = 80,
				  .height = 40,
				  .colour = COLOUR_NEVER};
	char *usual = write_picture(&options), *linear;

	(void)state;
	options.scale = SCALE_LINEAR;
	linear = write_picture(&options);
	assert_string_not_equal(usual, linear);
	free(usual);
	free(linear);
}

static void letters_of_ascii_where_asked_for(void **state)
{
	const struct options options = {
		.action = ACTION_ONCE, .procfs = "/proc", .width = 80, .height = 20, .ascii = true};
	char *out = write_picture(&options);

	(void)state;
	for (const char *at = out; *at; at++)
		assert_true((unsigned char)*at < 0x80);
	free(out);
}

static void a_drawing_says_whose_it_is(void **state)
{
	const struct options options = {.action = ACTION_ONCE,
					.procfs = "/proc",
					.format = FORMAT_SVG,
					.width = 80,
					.height = 20};
	char *out = write_picture(&options);

	(void)state;
	assert_non_null(strstr(out, "<title>address space of process 20712 python3, "
				    "2026-10-19T12:21:07.123Z</title>"));
	assert_non_null(strstr(out, "[heap]"));
	assert_non_null(strstr(out, "width=\"640\" height=\"320\""));
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_filter_is_named_and_dims),
		cmocka_unit_test(the_scale_is_that_of_the_options),
		cmocka_unit_test(a_drawing_says_whose_it_is),
		cmocka_unit_test(letters_of_ascii_where_asked_for),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("once_picture", tests, NULL, NULL);
}
