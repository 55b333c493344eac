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

#include "screen/theme.h"
#include "term/curses.h"
#include "term/palette.h"
#include "terminfo_maker.h"

#define BAR 0x2588 /* a full block */

/* Curses on a terminal that is made up, and a palette there. */
struct made {
	FILE *in, *out;
	SCREEN *screen;
	struct theme theme;
	struct palette *palette;
};

static const struct terminfo_made plain_type = {
	.clear = "\033[H\033[J",
	.place = "\033[%i%p1%d;%p2%dH",
	.own_colours = "\033[39;49m",
};

static void start(struct made *made, const struct terminfo_made *type, const char *theme)
{
	char name[] = TERMINFO_MADE;

	terminfo_set(type);
	made->in = fopen("/dev/null", "r");
	made->out = fopen("/dev/null", "w");
	assert_true(made->in && made->out);
	assert_int_equal(curses_load(), 0);
	made->screen = newterm(name, made->out, made->in);
	assert_non_null(made->screen);
	assert_int_equal(theme_parse(theme, strlen(theme), &made->theme, NULL, 0), 0);
	made->palette = palette_create(&made->theme, true);
}

static void stop(struct made *made)
{
	palette_destroy(made->palette);
	endwin();
	delscreen(made->screen);
	fclose(made->in);
	fclose(made->out);
	unsetenv("TERMINFO");
}

static void assert_pair(int pair, int foreground, int background)
{
	int found[2] = {-7, -7};

	assert_int_equal(extended_pair_content(pair, &found[0], &found[1]), OK);
	assert_int_equal(found[0], foreground);
	assert_int_equal(found[1], background);
}

/* The same colour has another number with each number of colours. */
static void colours_are_as_many_as_the_terminal_has(void **state)
{
	static const struct {
		int colours, foreground;
		unsigned attributes;
		const char *direct;
		int direct_number;
		bool direct_flag;
	} types[] = {
		{8, 4, A_BOLD, NULL, 0, false},
		{15, 4, A_BOLD, NULL, 0, false},
		{16, 12, 0, NULL, 0, false},
		{255, 12, 0, NULL, 0, false},
		{256, 69, 0, NULL, 0, false},
		{256, 69, 0, NULL, 0, true},
		{257, 4, A_BOLD, NULL, 0, false},
		{(1 << 24) - 1, 4, A_BOLD, "8/8/8", 0, false},
		{1 << 24, 4, A_BOLD, NULL, 0, false},
		{1 << 24, 4, A_BOLD, "5/6/5", 0, false},
		{1 << 24, 4, A_BOLD, NULL, 7, false},
		{1 << 24, 0x5f87ff, 0, "8/8/8", 0, false},
		{1 << 24, 0x5f87ff, 0, NULL, 8, false},
		{1 << 24, 0x5f87ff, 0, NULL, 0, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct terminfo_made type = plain_type;
		const struct look *look;
		struct made made;

		type.colours = types[i].colours;
		type.pairs = 64;
		type.direct = types[i].direct;
		type.direct_number = types[i].direct_number;
		type.direct_flag = types[i].direct_flag;
		start(&made, &type, "fold = #5f87ff\n");
		assert_true(palette_has_colours(made.palette));
		look = palette_look(made.palette, ROLE_FOLD, ROLE_DEFAULT, BAR);
		assert_int_equal(look->attributes, types[i].attributes);
		assert_int_equal(look->background, -1);
		assert_int_equal(look->pair, 1);
		assert_pair(1, types[i].foreground, -1);
		stop(&made);
	}
}

static void few_colours_are_none(void **state)
{
	static const int colours[] = {0, 1, 7};

	(void)state;
	for (size_t i = 0; i < sizeof(colours) / sizeof(colours[0]); i++) {
		struct terminfo_made type = plain_type;
		const struct look *look;
		struct made made;

		type.colours = colours[i];
		type.pairs = colours[i] ? 64 : 0;
		start(&made, &type,
		      "fold = red\nmatch = default blue italic\nkind-heap = green\n"
		      "kind-text = red\n");
		assert_false(palette_has_colours(made.palette));
		assert_false(palette_shows_colours(made.palette));
		look = palette_look(made.palette, ROLE_FOLD, ROLE_MATCH, BAR);
		assert_int_equal(look->pair, 0);
		assert_int_equal(look->background, -1);
		assert_int_equal(look->attributes, A_REVERSE | A_ITALIC);
		stop(&made);
	}
}

static void a_theme_without_colours_shows_none(void **state)
{
	struct terminfo_made type = plain_type;
	struct made made;

	(void)state;
	type.colours = 8;
	type.pairs = 64;
	start(&made, &type, "fold = default bold\n");
	assert_true(palette_has_colours(made.palette));
	assert_false(palette_shows_colours(made.palette));
	palette_destroy(made.palette);
	made.theme = (struct theme){0};
	theme_parse(theme_default_text, theme_default_length, &made.theme, NULL, 0);
	made.palette = palette_create(&made.theme, true);
	assert_true(palette_shows_colours(made.palette));
	palette_destroy(made.palette);
	made.palette = palette_create(&made.theme, false);
	assert_false(palette_has_colours(made.palette));
	assert_false(palette_shows_colours(made.palette));
	stop(&made);
}

static int pair_of(struct made *made, enum role role, enum role ground)
{
	return palette_look(made->palette, role, ground, BAR)->pair;
}

static void pairs_are_shared_and_come_in_order(void **state)
{
	struct terminfo_made type = plain_type;
	struct made made;

	(void)state;
	type.colours = 8;
	type.pairs = 64;
	start(&made, &type,
	      "fold = red\nscroll = red\nmatch = blue yellow\ncursor = default yellow\n"
	      "border = yellow blue\n");
	/* The palette has a theme of its own. */
	made.theme = (struct theme){0};
	assert_int_equal(pair_of(&made, ROLE_DEFAULT, ROLE_DEFAULT), 0);
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 1);
	assert_int_equal(pair_of(&made, ROLE_SCROLL, ROLE_DEFAULT), 1);
	assert_int_equal(pair_of(&made, ROLE_MATCH, ROLE_DEFAULT), 2);
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_CURSOR), 3);
	assert_int_equal(pair_of(&made, ROLE_CURSOR, ROLE_FOLD), 1);
	assert_int_equal(pair_of(&made, ROLE_BORDER, ROLE_DEFAULT), 4);
	assert_int_equal(pair_of(&made, ROLE_MATCH, ROLE_CURSOR), 2);
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 1);
	assert_pair(1, COLOR_RED, -1);
	assert_pair(2, COLOR_BLUE, COLOR_YELLOW);
	assert_pair(3, COLOR_RED, COLOR_YELLOW);
	assert_pair(4, COLOR_YELLOW, COLOR_BLUE);
	assert_int_equal(palette_look(made.palette, ROLE_FOLD, ROLE_CURSOR, BAR)->background,
			 COLOR_YELLOW);
	stop(&made);
}

/* Which has no sequence for its own colours. */
static void a_terminal_without_default_colours_is_white_on_black(void **state)
{
	struct terminfo_made type = plain_type;
	struct made made;

	(void)state;
	type.colours = 8;
	type.pairs = 64;
	type.own_colours = NULL;
	start(&made, &type, "fold = red\nmatch = default blue\n");
	assert_int_equal(pair_of(&made, ROLE_DEFAULT, ROLE_DEFAULT), 1);
	assert_pair(1, COLOR_WHITE, COLOR_BLACK);
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 2);
	assert_pair(2, COLOR_RED, COLOR_BLACK);
	assert_int_equal(pair_of(&made, ROLE_DEFAULT, ROLE_MATCH), 3);
	assert_pair(3, COLOR_WHITE, COLOR_BLUE);
	stop(&made);
}

/* Black is a colour, and no other name for the terminal's own. */
static void black_is_a_colour(void **state)
{
	struct terminfo_made type = plain_type;
	struct made made;

	(void)state;
	type.colours = 8;
	type.pairs = 64;
	start(&made, &type, "fold = black\nmatch = default black\nscroll = red black\n");
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 1);
	assert_pair(1, COLOR_BLACK, -1);
	assert_int_equal(pair_of(&made, ROLE_SCROLL, ROLE_DEFAULT), 2);
	assert_pair(2, COLOR_RED, COLOR_BLACK);
	stop(&made);
	type.own_colours = NULL;
	start(&made, &type, "fold = black red\n");
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 1);
	assert_pair(1, COLOR_BLACK, COLOR_RED);
	assert_true(palette_look(made.palette, ROLE_FOLD, ROLE_DEFAULT, BAR)->known);
	stop(&made);
}

static void no_more_pairs_are_taken_than_there_are(void **state)
{
	struct terminfo_made type = plain_type;
	struct made made;

	(void)state;
	type.colours = 8;
	type.pairs = 3;
	start(&made, &type, "fold = red\nscroll = blue\nmatch = green\nborder = red\n");
	assert_int_equal(pair_of(&made, ROLE_FOLD, ROLE_DEFAULT), 1);
	assert_int_equal(pair_of(&made, ROLE_SCROLL, ROLE_DEFAULT), 2);
	assert_int_equal(pair_of(&made, ROLE_MATCH, ROLE_DEFAULT), 0);
	assert_int_equal(pair_of(&made, ROLE_BORDER, ROLE_DEFAULT), 1);
	stop(&made);
}

static void a_theme_may_need_a_thousand_pairs(void **state)
{
	struct terminfo_made type = plain_type;
	struct theme theme = {0};
	int most = 0, none = 0;
	struct made made;

	(void)state;
	type.colours = 1 << 24;
	type.pairs = 4096;
	type.direct_flag = true;
	start(&made, &type, "");
	for (int i = 0; i < ROLE_COUNT; i++) {
		theme.styles[i].foreground =
			(struct colour){.type = COLOUR_RGB, .red = 255, .blue = (uint8_t)i};
		theme.styles[i].background =
			(struct colour){.type = COLOUR_RGB, .green = 64, .blue = (uint8_t)i};
	}
	palette_destroy(made.palette);
	made.palette = palette_create(&theme, true);
	for (int role = ROLE_READ_ONLY; role < ROLE_COUNT; role++)
		for (int ground = 1; ground < ROLE_COUNT; ground++) {
			int pair = pair_of(&made, (enum role)role, (enum role)ground);

			most = pair > most ? pair : most;
			none += pair == 0;
		}
	assert_int_equal(most, 1023);
	assert_true(none > 0);
	stop(&made);
}

static void attributes_are_those_of_curses(void **state)
{
	static const struct {
		const char *theme;
		unsigned attributes;
	} looks[] = {
		{"fold = red\n", 0},
		{"fold = red bold\n", A_BOLD},
		{"fold = red dim\n", A_DIM},
		{"fold = red italic\n", A_ITALIC},
		{"fold = red underline\n", A_UNDERLINE},
		{"fold = red reverse\n", A_REVERSE},
		{"fold = red bold dim italic underline reverse\n",
		 A_BOLD | A_DIM | A_ITALIC | A_UNDERLINE | A_REVERSE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		struct terminfo_made type = plain_type;
		struct made made;

		type.colours = 256;
		type.pairs = 256;
		start(&made, &type, looks[i].theme);
		assert_int_equal(
			palette_look(made.palette, ROLE_FOLD, ROLE_DEFAULT, BAR)->attributes,
			looks[i].attributes);
		stop(&made);
	}
}

/* Yellow of eight is for what is drawn: as a letter it would be unreadable on white. */
static void letters_are_what_stands_in_words(void **state)
{
	static const struct {
		enum role role;
		uint32_t glyph;
		bool letter;
	} glyphs[] = {
		{ROLE_DEFAULT, ' ', true},       {ROLE_ABSENT, '#', true},
		{ROLE_READ_ONLY, '#', false},    {ROLE_KIND_GAP, '.', false},
		{ROLE_READ_ONLY, 'h', true},     {ROLE_KIND_GAP, '7', true},
		{ROLE_READ_ONLY, 0xe4, true},    {ROLE_ABSENT, 0x218f, true},
		{ROLE_ABSENT, 0x2190, false},    {ROLE_READ_ONLY, 0x2190, false},
		{ROLE_READ_ONLY, 0x2030, false}, {ROLE_DEFAULT, 0x4e2d, true},
	};
	struct terminfo_made type = plain_type;
	char theme[8192] = "";
	struct made made;

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (int i = 0; i < ROLE_COUNT; i++)
		snprintf(theme + strlen(theme), sizeof(theme) - strlen(theme), "%s = yellow\n",
			 role_name((enum role)i));
	type.colours = 8;
	type.pairs = 64;
	start(&made, &type, theme);
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
		assert_int_equal(
			palette_look(made.palette, glyphs[i].role, ROLE_DEFAULT, glyphs[i].glyph)
				->pair,
			glyphs[i].letter ? 0 : 1);
	stop(&made);
}

static void blanks_show_nothing_but_their_background(void **state)
{
	static const struct {
		struct look look, other;
		bool same;
	} blanks[] = {
		{{.pair = 1, .background = -1}, {.pair = 2, .background = -1}, true},
		{{.background = 3}, {.background = 3}, true},
		{{.background = 3}, {.background = 4}, false},
		{{.background = -1}, {.background = 0}, false},
		{{.attributes = A_BOLD}, {.attributes = A_DIM | A_ITALIC}, true},
		{{.attributes = A_UNDERLINE}, {.attributes = A_UNDERLINE}, false},
		{{.attributes = A_UNDERLINE}, {.attributes = 0}, false},
		{{.attributes = 0}, {.attributes = A_REVERSE}, false},
		{{.attributes = A_REVERSE | A_BOLD}, {.attributes = 0}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		assert_int_equal(palette_blank_is_same(&blanks[i].look, &blanks[i].other),
				 blanks[i].same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_as_many_as_the_terminal_has),
		cmocka_unit_test(few_colours_are_none),
		cmocka_unit_test(a_theme_without_colours_shows_none),
		cmocka_unit_test(pairs_are_shared_and_come_in_order),
		cmocka_unit_test(a_terminal_without_default_colours_is_white_on_black),
		cmocka_unit_test(black_is_a_colour),
		cmocka_unit_test(no_more_pairs_are_taken_than_there_are),
		cmocka_unit_test(a_theme_may_need_a_thousand_pairs),
		cmocka_unit_test(attributes_are_those_of_curses),
		cmocka_unit_test(letters_are_what_stands_in_words),
		cmocka_unit_test(blanks_show_nothing_but_their_background),
	};

	return cmocka_run_group_tests_name("palette_types", tests, NULL, NULL);
}
