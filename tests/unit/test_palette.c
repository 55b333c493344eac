/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/theme.h"
#include "term/curses.h"
#include "term/palette.h"

#define BAR 0x2588 /* a full block */

/* Curses on a terminal of that type that nobody looks at. */
struct run {
	FILE *in, *out;
	SCREEN *screen;
};

static bool start(struct run *run, const char *type)
{
	char name[32];

	snprintf(name, sizeof(name), "%s", type);
	run->in = fopen("/dev/null", "r");
	run->out = fopen("/dev/null", "w");
	assert_true(run->in && run->out);
	assert_int_equal(curses_load(), 0);
	run->screen = newterm(name, run->out, run->in);
	if (run->screen)
		return true;
	fclose(run->in);
	fclose(run->out);
	return false;
}

static void stop(struct run *run)
{
	endwin();
	delscreen(run->screen);
	fclose(run->in);
	fclose(run->out);
}

static void load_default(struct theme *theme)
{
	assert_int_equal(theme_parse(theme_default_text, theme_default_length, theme, NULL, 0), 0);
}

static void kinds_differ_where_there_are_colours(void **state)
{
	struct theme theme;
	struct run run;

	(void)state;
	load_default(&theme);
	assert_true(start(&run, "xterm-256color"));
	{
		struct palette *palette = palette_create(&theme, true);
		int heap = palette_look(palette, ROLE_KIND_HEAP, ROLE_DEFAULT, BAR)->pair;
		int text = palette_look(palette, ROLE_KIND_TEXT, ROLE_DEFAULT, BAR)->pair;

		assert_int_not_equal(heap, text);
		/* Asked again, the same. */
		assert_int_equal(palette_look(palette, ROLE_KIND_HEAP, ROLE_DEFAULT, BAR)->pair,
				 heap);
		palette_destroy(palette);
	}
	stop(&run);
}

static void without_colours_there_is_one_pair(void **state)
{
	static const char *const types[] = {"vt100", "xterm-256color"};
	struct theme theme;

	(void)state;
	load_default(&theme);
	for (int i = 0; i < 2; i++) {
		struct palette *palette;
		struct run run;

		assert_true(start(&run, types[i]));
		/* vt100 has none; of the other they are not wanted. */
		palette = palette_create(&theme, i == 0);
		for (int role = 0; role < ROLE_COUNT; role++)
			assert_int_equal(
				palette_look(palette, (enum role)role, ROLE_CURSOR, BAR)->pair, 0);
		palette_destroy(palette);
		stop(&run);
	}
}

/* Of 8 colours, yellow marks the heap's bar, but its name would be unreadable on white. */
static void letters_keep_away_from_pale_colours(void **state)
{
	struct theme theme;
	struct run run;

	(void)state;
	load_default(&theme);
	assert_true(start(&run, "xterm"));
	{
		struct palette *palette = palette_create(&theme, true);

		assert_true(palette_look(palette, ROLE_KIND_HEAP, ROLE_DEFAULT, BAR)->pair);
		assert_true(palette_look(palette, ROLE_KIND_HEAP, ROLE_DEFAULT, '#')->pair);
		assert_false(palette_look(palette, ROLE_KIND_HEAP, ROLE_DEFAULT, 'h')->pair);
		assert_false(palette_look(palette, ROLE_LIVE, ROLE_DEFAULT, '.')->pair);
		assert_true(palette_look(palette, ROLE_LIVE, ROLE_DEFAULT, 0x25cf)->pair);
		assert_true(palette_look(palette, ROLE_DANGER, ROLE_DEFAULT, 'w')->pair);
		palette_destroy(palette);
	}
	stop(&run);
}

/* A background alone takes a pair, even a black one; where there is neither, none is needed. */
static void black_behind_the_own_colour_is_a_pair(void **state)
{
	static const char text[] = "match = default black\nscroll = default red\nfold = black\n";
	static const struct {
		enum role role;
		int pair, foreground, background;
	} looks[] = {
		{ROLE_DEFAULT, 0, 0, 0},
		{ROLE_MATCH, 1, -1, COLOR_BLACK},
		{ROLE_SCROLL, 2, -1, COLOR_RED},
		{ROLE_FOLD, 3, COLOR_BLACK, -1},
	};
	struct palette *palette;
	struct theme theme;
	struct run run;

	(void)state;
	assert_int_equal(theme_parse(text, strlen(text), &theme, NULL, 0), 0);
	assert_true(start(&run, "xterm-256color"));
	palette = palette_create(&theme, true);
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		int foreground = 7, background = 7;

		assert_int_equal(palette_look(palette, looks[i].role, ROLE_DEFAULT, BAR)->pair,
				 looks[i].pair);
		if (looks[i].pair == 0)
			continue;
		extended_pair_content(looks[i].pair, &foreground, &background);
		assert_int_equal(foreground, looks[i].foreground);
		assert_int_equal(background, looks[i].background);
	}
	palette_destroy(palette);
	stop(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_differ_where_there_are_colours),
		cmocka_unit_test(without_colours_there_is_one_pair),
		cmocka_unit_test(letters_keep_away_from_pale_colours),
		cmocka_unit_test(black_behind_the_own_colour_is_a_pair),
	};

	return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
