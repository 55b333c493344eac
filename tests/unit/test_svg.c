/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/canvas.h"
#include "screen/theme.h"
#include "support/golden.h"
#include "term/svg.h"

static const char theme_text[] =
	"fold = red\nkey = #010203 default bold\ncursor = bright-white blue\n"
	"match = default default underline\ntitle = #102030 default dim italic reverse\n";

/* What is written, to be freed. */
static char *written(const struct canvas *canvas, bool dark, const char *title)
{
	const struct svg_page page = {dark, title};
	struct theme theme;
	char *bytes = NULL;
	size_t length;
	FILE *stream = open_memstream(&bytes, &length);

	assert_int_equal(theme_parse(theme_text, strlen(theme_text), &theme, NULL, 0), 0);
	assert_int_equal(svg_write(stream, canvas, &theme, &page), 0);
	fclose(stream);
	return bytes;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static void all_sorts_of_cells(void **state)
{
	struct canvas *canvas = canvas_create(24, 4, false);
	char *out;

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	canvas_write(canvas, 1, 0, 20, "a<b> & \"c\"", ROLE_KEY);
	canvas_fill(canvas, 0, 1, 5, 1, 0x2588, ROLE_FOLD);
	canvas_fill(canvas, 5, 1, 3, 1, 0x2591, ROLE_FOLD);
	canvas_write(canvas, 9, 1, 10, "中x", ROLE_DEFAULT);
	canvas_set_ground(canvas, 0, 2, 24, 1, ROLE_CURSOR);
	canvas_write(canvas, 2, 2, 10, "match", ROLE_MATCH);
	canvas_write(canvas, 12, 2, 10, "key", ROLE_KEY);
	canvas_write(canvas, 0, 3, 10, "title", ROLE_TITLE);
	out = written(canvas, false, "a <title>");
	golden_check("svg_light", out);
	free(out);
	out = written(canvas, true, "a <title>");
	golden_check("svg_dark", out);
	free(out);
	canvas_destroy(canvas);
}

/* A blank shows no foreground: it goes with the words beside it, unless it is underlined. */
static void words_are_written_with_their_blanks(void **state)
{
	static const enum role blanks[] = {ROLE_DEFAULT, ROLE_FOLD, ROLE_MATCH};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct canvas *canvas = canvas_create(3, 1, false);
		char *out;

		canvas_put(canvas, 0, 0, 'a', ROLE_FOLD);
		canvas_put(canvas, 1, 0, ' ', blanks[i]);
		canvas_put(canvas, 2, 0, 'b', ROLE_FOLD);
		out = written(canvas, false, "words");
		assert_int_equal(strstr(out, ">a b<") != NULL, blanks[i] != ROLE_MATCH);
		assert_int_equal(strstr(out, ">b<") != NULL, blanks[i] == ROLE_MATCH);
		free(out);
		canvas_destroy(canvas);
	}
}

static void what_xml_has_no_place_for_is_replaced(void **state)
{
	struct canvas *canvas = canvas_create(4, 1, false);
	char *out;

	(void)state;
	canvas->cells[0].glyph = 0xffff;
	canvas->cells[1].glyph = 0x1b;
	canvas->cells[2].glyph = 0xd800;
	out = written(canvas, false, "\033[31m\xff");
	assert_has(out, ">\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd<");
	assert_has(out, "<title>\xef\xbf\xbd[31m\xef\xbf\xbd</title>");
	assert_null(strchr(out, '\033'));
	free(out);
	canvas_destroy(canvas);
}

static void nothing_is_a_page(void **state)
{
	struct canvas *canvas = canvas_create(0, 0, false);
	char *out = written(canvas, false, "");

	(void)state;
	assert_has(out, "viewBox=\"0 0 0 0\"");
	assert_has(out, "</svg>\n");
	free(out);
	canvas_destroy(canvas);
}

static void writing_that_fails_is_said(void **state)
{
	const struct svg_page page = {false, ""};
	struct canvas *canvas = canvas_create(80, 24, false);
	FILE *full = fopen("/dev/full", "w");
	struct theme theme;

	(void)state;
	if (!full)
		skip();
	theme_parse(theme_text, strlen(theme_text), &theme, NULL, 0);
	assert_true(svg_write(full, canvas, &theme, &page) < 0);
	fclose(full);
	canvas_destroy(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_sorts_of_cells),
		cmocka_unit_test(words_are_written_with_their_blanks),
		cmocka_unit_test(what_xml_has_no_place_for_is_replaced),
		cmocka_unit_test(nothing_is_a_page),
		cmocka_unit_test(writing_that_fails_is_said),
	};

	return cmocka_run_group_tests_name("svg", tests, NULL, NULL);
}
