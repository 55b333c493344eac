/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/kind.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/command.h"
#include "ui/glyphs.h"
#include "ui/help.h"

static const struct frame_wish wish = {.inspector = true};

static void append_help(struct text *text, int columns, int lines, int top)
{
	struct canvas *canvas = canvas_create(columns, lines, false);
	struct frame frame;

	frame_measure(&frame, columns, lines, &wish);
	help_draw(canvas, &frame, glyphs_get(true), NULL, help_clamp(&frame, top));
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void screens(void **state)
{
	static const struct {
		int columns, lines;
	} sizes[] = {{50, 16}, {80, 24}, {120, 40}, {200, 60}};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct text text = {0};
		char name[32];

		/* The first screenful and the last. */
		append_help(&text, sizes[i].columns, sizes[i].lines, 0);
		append_help(&text, sizes[i].columns, sizes[i].lines, 1000);
		snprintf(name, sizeof(name), "help_%dx%d", sizes[i].columns, sizes[i].lines);
		golden_check(name, text_string(&text));
		text_finish(&text);
	}
}

static void no_word_is_cut(void **state)
{
	(void)state;
	for (int columns = 40; columns < 220; columns++) {
		struct text text = {0};

		append_help(&text, columns, 200, 0);
		assert_null(strstr(text_string(&text), "…"));
		text_finish(&text);
	}
}

/* Scrolled through, every command and every kind comes by, on the smallest screen too. */
static void everything_can_be_reached(void **state)
{
	struct text text = {0};
	struct frame frame;
	size_t count;
	const struct command *commands = command_table(&count);

	(void)state;
	frame_measure(&frame, 60, 12, &wish);
	for (int top = 0; top <= help_clamp(&frame, 100000); top++)
		append_help(&text, 60, 12, top);
	for (size_t i = 0; i < count; i++)
		assert_non_null(strstr(text_string(&text), commands[i].help));
	for (int kind = 0; kind < KIND_COUNT; kind++)
		assert_non_null(strstr(text_string(&text), kind_label((enum kind)kind)));
	assert_non_null(strstr(text_string(&text), "the kernel did not tell"));
	text_finish(&text);
}

static void scrolling_stops_at_the_ends(void **state)
{
	struct text end = {0}, beyond = {0};
	struct frame frame;
	int last;

	(void)state;
	frame_measure(&frame, 60, 12, &wish);
	assert_int_equal(help_clamp(&frame, -5), 0);
	last = help_clamp(&frame, 1000);
	assert_true(last > 60 && last < 1000);
	assert_int_equal(help_clamp(&frame, last), last);
	append_help(&end, 60, 12, last);
	append_help(&beyond, 60, 12, last + 1);
	assert_string_equal(text_string(&end), text_string(&beyond));
	text_finish(&end);
	text_finish(&beyond);
	frame_measure(&frame, 200, 200, &wish);
	assert_int_equal(help_clamp(&frame, 1000), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens),
		cmocka_unit_test(no_word_is_cut),
		cmocka_unit_test(everything_can_be_reached),
		cmocka_unit_test(scrolling_stops_at_the_ends),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
