/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "screen/canvas.h"
#include "screen/theme.h"
#include "term/plain.h"

static const char theme_text[] = "fold = red\nkey = #010203 default bold\n"
				 "cursor = bright-white blue\nvalue = default\n"
				 "title = bright-green bright-black dim italic underline reverse\n";

/* What is written, to be freed. */
static char *written(const struct canvas *canvas, bool colour)
{
	struct theme theme;
	char *bytes = NULL;
	size_t length;
	FILE *stream = open_memstream(&bytes, &length);

	assert_int_equal(theme_parse(theme_text, strlen(theme_text), &theme, NULL, 0), 0);
	assert_int_equal(plain_write(stream, canvas, &theme, colour), 0);
	fclose(stream);
	return bytes;
}

static void assert_written(const struct canvas *canvas, bool colour, const char *expected)
{
	char *bytes = written(canvas, colour);

	assert_string_equal(bytes, expected);
	free(bytes);
}

static void without_colour_it_is_text(void **state)
{
	struct canvas *canvas = canvas_create(6, 3, false);

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	canvas_write(canvas, 1, 0, 5, "a中b", ROLE_KEY);
	canvas_write(canvas, 0, 2, 6, "\x1b[31m", ROLE_FOLD);
	canvas_set_ground(canvas, 0, 1, 6, 1, ROLE_CURSOR);
	assert_written(canvas, false, " a中b\n\n\xef\xbf\xbd[31m\n");
	canvas_destroy(canvas);
}

static void with_colour_each_change_of_style_is_written(void **state)
{
	struct canvas *canvas = canvas_create(8, 2, true);

	(void)state;
	canvas_write(canvas, 0, 0, 8, "ab", ROLE_FOLD);
	canvas_write(canvas, 2, 0, 8, "c", ROLE_KEY);
	canvas_write(canvas, 3, 0, 8, "d", ROLE_DEFAULT);
	canvas_write(canvas, 0, 1, 8, "e", ROLE_TITLE);
	assert_written(canvas, true,
		       "\033[0;31mab\033[0;1;38;2;1;2;3mc\033[0md\n"
		       "\033[0;2;3;4;7;92;100me\033[0m\n");
	canvas_destroy(canvas);
}

static void a_ground_reaches_to_its_edge(void **state)
{
	struct canvas *canvas = canvas_create(4, 2, true);

	(void)state;
	canvas_write(canvas, 0, 0, 4, "a", ROLE_VALUE);
	canvas_write(canvas, 1, 0, 4, "b", ROLE_FOLD);
	canvas_set_ground(canvas, 0, 0, 3, 1, ROLE_CURSOR);
	assert_written(canvas, true, "\033[0;97;44ma\033[0;31;44mb\033[0;97;44m \033[0m\n\n");
	canvas_destroy(canvas);
}

static void says_that_the_stream_is_full(void **state)
{
	struct canvas *canvas = canvas_create(4, 2, true);
	struct theme theme = {0};
	FILE *stream = fopen("/dev/full", "w");

	(void)state;
	if (!stream) {
		canvas_destroy(canvas);
		skip();
	}
	assert_int_equal(plain_write(stream, canvas, &theme, false), -ENOSPC);
	fclose(stream);
	canvas_destroy(canvas);
}

/* A stream of a program's own, which writes nothing and does not say why. */
static ssize_t write_nothing(void *cookie, const char *bytes, size_t length)
{
	(void)cookie;
	(void)bytes;
	(void)length;
	return 0;
}

static void what_fails_without_a_reason_has_one(void **state)
{
	struct canvas *canvas = canvas_create(4, 2, true);
	struct theme theme = {0};
	FILE *stream = fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_nothing});

	(void)state;
	assert_non_null(stream);
	/* Of a call before. */
	errno = ENOENT;
	assert_int_equal(plain_write(stream, canvas, &theme, false), -EIO);
	fclose(stream);
	canvas_destroy(canvas);
}

/* The ground alone is another look, too. */
static void a_ground_changes_the_style(void **state)
{
	struct canvas *canvas = canvas_create(5, 1, true);

	(void)state;
	canvas_write(canvas, 0, 0, 5, "abcde", ROLE_FOLD);
	canvas_set_ground(canvas, 1, 0, 2, 1, ROLE_CURSOR);
	canvas_set_ground(canvas, 4, 0, 1, 1, ROLE_CURSOR);
	assert_written(canvas, true,
		       "\033[0;31ma\033[0;31;44mbc\033[0;31md\033[0;31;44me\033[0m\n");
	canvas_set_ground(canvas, 2, 0, 1, 1, ROLE_DEFAULT);
	canvas_set_ground(canvas, 3, 0, 1, 1, ROLE_CURSOR);
	assert_written(canvas, true,
		       "\033[0;31ma\033[0;31;44mb\033[0;31mc\033[0;31;44mde\033[0m\n");
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_colour_it_is_text),
		cmocka_unit_test(with_colour_each_change_of_style_is_written),
		cmocka_unit_test(a_ground_reaches_to_its_edge),
		cmocka_unit_test(says_that_the_stream_is_full),
		cmocka_unit_test(what_fails_without_a_reason_has_one),
		cmocka_unit_test(a_ground_changes_the_style),
	};

	return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
