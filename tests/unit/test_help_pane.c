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
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/command/commands.h"
#include "ui/glyphs.h"
#include "ui/pane/help_pane.h"

#define LINES_MOST 400 /* more than the help has anywhere */

/* Scrolled down by so many lines. */
static void append_help(struct text *text, int columns, int lines, int top)
{
	struct canvas *canvas = canvas_create(columns, lines, false);
	struct stage stage;
	struct scene scene;

	stage_open(&stage, sample_python(), columns, lines, true);
	stage_press(&stage, (const uint32_t[]){'?', 0});
	for (int i = 0; i < top && i < LINES_MOST; i++)
		stage_press(&stage, (const uint32_t[]){KEY_ARROW_DOWN, 0});
	scene = stage_scene(&stage);
	help_pane.draw(stage_pane(&stage, &help_pane), canvas, &stage.ui.frame, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
	stage_close(&stage);
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

/* Where there are no colours, the letters of kinds are explained. */
static void letters_stand_for_colours(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 80, 200, true);
	stage.ui.host.letters = true;
	stage_press(&stage, (const uint32_t[]){'?', 0});
	assert_true(stage_find(&stage, " thread-stack", &column, &line));
	assert_int_equal(stage.canvas->cells[line * 80 + column - 3].glyph, 'S');
	stage_close(&stage);
}

/* Scrolled through, every command and every kind comes by, on the smallest screen too. */
static void everything_can_be_reached(void **state)
{
	struct text text = {0};
	size_t count;
	const struct command *commands = commands_table(&count);
	struct stage stage;
	struct scene scene;
	struct canvas *canvas = canvas_create(60, 12, false);

	(void)state;
	stage_open(&stage, sample_python(), 60, 12, true);
	stage_press(&stage, (const uint32_t[]){'?', 0});
	scene = stage_scene(&stage);
	for (int i = 0; i < LINES_MOST; i++) {
		help_pane.draw(stage_pane(&stage, &help_pane), canvas, &stage.ui.frame, &scene);
		canvas_append_text(&text, canvas);
		stage_press(&stage, (const uint32_t[]){KEY_ARROW_DOWN, 0});
	}
	canvas_destroy(canvas);
	stage_close(&stage);
	for (size_t i = 0; i < count; i++)
		assert_non_null(strstr(text_string(&text), commands[i].help));
	for (int kind = 0; kind < KIND_COUNT; kind++)
		assert_non_null(strstr(text_string(&text), kind_name((enum kind)kind)));
	assert_non_null(strstr(text_string(&text), "unknown"));
	text_finish(&text);
}

static void scrolling_stops_at_the_ends(void **state)
{
	struct text end = {0}, beyond = {0}, top = {0}, still = {0};

	(void)state;
	append_help(&end, 60, 12, LINES_MOST - 1);
	append_help(&beyond, 60, 12, LINES_MOST);
	assert_string_equal(text_string(&end), text_string(&beyond));
	append_help(&top, 200, 200, 0);
	append_help(&still, 200, 200, 1);
	assert_string_equal(text_string(&top), text_string(&still));
	assert_string_not_equal(text_string(&top), text_string(&end));
	text_finish(&end);
	text_finish(&beyond);
	text_finish(&top);
	text_finish(&still);
}

/* Space goes on, as in less, and pauses nothing. */
static void space_is_a_screenful_down(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, (const uint32_t[]){'?', 0});
	assert_true(stage_find(&stage, "Moving", &column, &line));
	/* Letters are commands here as elsewhere. */
	assert_true(stage_find(&stage, "q quit", &column, &line));
	stage_press(&stage, (const uint32_t[]){KEY_SPACE, 0});
	assert_true(stage_shows(&stage, &help_pane));
	assert_false(stage_find(&stage, "Moving", &column, &line));
	assert_false(stage.ui.shown.paused);
	stage_close(&stage);
}

/* What is on the screen as a whole is not scrolled. */
static void a_screen_that_has_room_for_all_shows_all(void **state)
{
	struct text text = {0}, scrolled = {0};

	(void)state;
	append_help(&text, 200, 200, 0);
	append_help(&scrolled, 200, 200, 3);
	assert_string_equal(text_string(&scrolled), text_string(&text));
	text_finish(&text);
	text_finish(&scrolled);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 76, 14, true);
	trace_run(&stage,
		  "? Ctrl-D Ctrl-D Ctrl-U Down Down Up PgDn PgDn PgUp Ctrl-D Ctrl-U End Down Up "
		  "Home Up Right "
		  "Right Right Left Tab Enter Backspace @_help @^help @help ? =/zoom Enter ? q",
		  "help_pane_keys");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens),
		cmocka_unit_test(no_word_is_cut),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(everything_can_be_reached),
		cmocka_unit_test(scrolling_stops_at_the_ends),
		cmocka_unit_test(space_is_a_screenful_down),
		cmocka_unit_test(a_screen_that_has_room_for_all_shows_all),
		cmocka_unit_test(what_keys_do_is_seen),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("help_pane", tests, NULL, NULL);
}
