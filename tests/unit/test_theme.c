/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "screen/colour.h"
#include "screen/theme.h"

static struct theme theme;
static struct setting_mistake mistakes[4];

static size_t parse(const char *text)
{
	memset(mistakes, 0, sizeof(mistakes));
	return theme_parse(text, strlen(text), &theme, mistakes, 4);
}

static void reads_colours_and_attributes(void **state)
{
	const struct style *style = theme.styles;

	(void)state;
	assert_int_equal(parse("# comment\n\n  muted=bright-black\r\n"
			       "label = #A0b1C2 default bold underline # why\n"
			       "\tvalue\t=\tdefault cyan dim italic reverse"),
			 0);
	assert_int_equal(style[ROLE_MUTED].foreground.type, COLOUR_ANSI);
	assert_int_equal(style[ROLE_MUTED].foreground.ansi, 8);
	assert_int_equal(style[ROLE_MUTED].background.type, COLOUR_DEFAULT);
	assert_int_equal(style[ROLE_MUTED].attributes, 0);
	assert_int_equal(style[ROLE_LABEL].foreground.type, COLOUR_RGB);
	assert_int_equal(colour_rgb(&style[ROLE_LABEL].foreground), 0xa0b1c2);
	assert_int_equal(style[ROLE_LABEL].attributes, STYLE_BOLD | STYLE_UNDERLINE);
	assert_int_equal(style[ROLE_VALUE].foreground.type, COLOUR_DEFAULT);
	assert_int_equal(style[ROLE_VALUE].background.ansi, 6);
	assert_int_equal(style[ROLE_VALUE].attributes, STYLE_DIM | STYLE_ITALIC | STYLE_REVERSE);
}

static void few_colours_have_their_own(void **state)
{
	const struct style *style = theme.styles;

	(void)state;
	assert_int_equal(parse("muted = #a0b1c2 bold few blue # why\nlabel = red few default\n"
			       "value = #a0b1c2\n"),
			 0);
	assert_true(style[ROLE_MUTED].has_few);
	assert_int_equal(style[ROLE_MUTED].few.ansi, 4);
	assert_int_equal(style[ROLE_MUTED].attributes, STYLE_BOLD);
	assert_true(style[ROLE_LABEL].has_few);
	assert_int_equal(style[ROLE_LABEL].few.type, COLOUR_DEFAULT);
	assert_false(style[ROLE_VALUE].has_few);
	assert_int_equal(colour_shade(&style[ROLE_MUTED], COLOUR_DEPTH_8).foreground, 4);
	assert_int_equal(colour_shade(&style[ROLE_MUTED], COLOUR_DEPTH_16).foreground, 4);
	assert_int_equal(colour_shade(&style[ROLE_MUTED], COLOUR_DEPTH_DIRECT).foreground,
			 0xa0b1c2);
	assert_int_equal(colour_shade(&style[ROLE_LABEL], COLOUR_DEPTH_8).foreground, -1);
	for (size_t i = 0; i < 3; i++) {
		static const char *const lines[] = {"muted = red few", "muted = red few bold",
						    "muted = red few blue bold"};

		assert_int_equal(parse(lines[i]), 1);
		assert_non_null(strstr(mistakes[0].message, "'few'"));
	}
}

static void kinds_without_colours_are_noticed(void **state)
{
	(void)state;
	parse("muted = red\nkind-heap = default bold\n");
	assert_false(theme_has_colours(&theme));
	parse("kind-heap = red\n");
	assert_true(theme_has_colours(&theme));
}

static void roles_left_out_look_as_default(void **state)
{
	(void)state;
	assert_int_equal(parse("title = red\ndefault = white blue bold\n"), 0);
	assert_memory_equal(&theme.styles[ROLE_BORDER], &theme.styles[ROLE_DEFAULT],
			    sizeof(struct style));
	assert_int_equal(theme.styles[ROLE_BORDER].background.ansi, 4);
	assert_int_equal(theme.styles[ROLE_TITLE].foreground.ansi, 1);
	assert_int_equal(parse(""), 0);
	assert_int_equal(theme.styles[ROLE_TITLE].foreground.type, COLOUR_DEFAULT);
	assert_int_equal(theme_parse(NULL, 0, &theme, NULL, 0), 0);
}

static void says_what_is_wrong_and_what_to_write(void **state)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{"muted = blu", "unknown colour 'blu'; did you mean 'blue'?"},
		{"muted = Blue", "unknown colour 'Blue'; did you mean 'blue'?"},
		{"muted = red bright-gren", "unknown colour 'bright-gren'; "
					    "did you mean 'bright-green'?"},
		{"muted = red blue bolt", "unknown attribute 'bolt'; did you mean 'bold'?"},
		{"muted = red underlined", "unknown attribute 'underlined'; "
					   "did you mean 'underline'?"},
		{"muted = red bold fancy", "unknown attribute 'fancy'; write bold, dim, italic, "
					   "underline or reverse"},
		{"muted = mauve", "unknown colour 'mauve'; write default, #rrggbb or a name such "
				  "as blue or bright-blue"},
		{"muted = #12345",
		 "'#12345' is not a colour; write # and six hexadecimal digits, as "
		 "in #e5c07b"},
		{"muted = #12345g",
		 "'#12345g' is not a colour; write # and six hexadecimal digits, "
		 "as in #e5c07b"},
		{"muted = red x", "unknown colour 'x'; write default, #rrggbb or a name such as "
				  "blue or bright-blue"},
		{"muted = bold", "no colour before 'bold'; write 'default bold'"},
		{"muted = red blue green", "unexpected colour 'green'; write foreground, "
					   "background, then attributes"},
		{"muted = red bold green", "unexpected colour 'green'; write foreground, "
					   "background, then attributes"},
		{"muted =", "no colour after '='; write one, as in 'muted = #808080'"},
		{"muted", "no '=' after 'muted'; a line is like 'muted = #808080'"},
		{"muted red", "no '=' after 'muted'; a line is like 'muted = #808080'"},
		{"= red", "no role before '='; a line is like 'muted = #808080'"},
		{"heap = red", "unknown role 'heap'; default.theme lists the roles"},
		{"kind-haep = red", "unknown role 'kind-haep'; did you mean 'kind-heap'?"},
		{"k\x1b[31m\xff\t= red",
		 "unknown role 'k\\x1b[31m\\xff'; default.theme lists the roles"},
		{"kind-\x1b[31m\xff\t= red",
		 "this is not a valid role; a line is like 'muted = #808080'"},
		{"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz = red",
		 "unknown role 'abcdefghijklmnopqrstuvwx...'; default.theme lists the roles"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(cases[i].line), 1);
		assert_string_equal(mistakes[0].message, cases[i].message);
		assert_int_equal(mistakes[0].line, 1);
		assert_int_equal(theme.styles[ROLE_MUTED].foreground.type, COLOUR_DEFAULT);
	}
}

static void one_wrong_line_spoils_no_other(void **state)
{
	(void)state;
	assert_int_equal(parse("label = red\nmuted = blu\nlabel = green\n\nvalue = cyan"), 2);
	assert_int_equal(mistakes[0].line, 2);
	assert_int_equal(mistakes[1].line, 3);
	assert_string_equal(mistakes[1].message,
			    "'label' is already set on line 1; keep one of them");
	assert_int_equal(theme.styles[ROLE_LABEL].foreground.ansi, 1);
	assert_int_equal(theme.styles[ROLE_VALUE].foreground.ansi, 6);
}

static void counts_more_mistakes_than_it_keeps(void **state)
{
	(void)state;
	assert_int_equal(parse("a\nb\nc\nd\ne\nf\n"), 6);
	assert_int_equal(mistakes[3].line, 4);
	assert_int_equal(theme_parse("a\nb", 3, &theme, NULL, 0), 2);
}

static void messages_hold_any_bytes(void **state)
{
	char text[300];

	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		memset(text, byte, sizeof(text));
		theme_parse(text, sizeof(text), &theme, mistakes, 4);
		assert_non_null(memchr(mistakes[0].message, 0, sizeof(mistakes[0].message)));
		for (const char *c = mistakes[0].message; *c; c++)
			assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
	}
}

static void grounds_lend_background_and_default_foreground(void **state)
{
	struct style style;

	(void)state;
	assert_int_equal(parse("default = white black\nvalue = red\nbanner = green blue bold\n"
			       "cursor = yellow cyan underline\nmarker = default\n"),
			 0);
	style = theme_cell_style(&theme, ROLE_VALUE, ROLE_CURSOR);
	assert_int_equal(style.foreground.ansi, 1);
	assert_int_equal(style.background.ansi, 6);
	assert_int_equal(style.attributes, STYLE_UNDERLINE);
	style = theme_cell_style(&theme, ROLE_MARKER, ROLE_CURSOR);
	assert_int_equal(style.foreground.ansi, 3);
	style = theme_cell_style(&theme, ROLE_BANNER, ROLE_DEFAULT);
	assert_int_equal(style.background.ansi, 4);
	assert_int_equal(style.attributes, STYLE_BOLD);
	style = theme_cell_style(&theme, ROLE_MARKER, ROLE_DEFAULT);
	assert_int_equal(style.foreground.ansi, 7);
	assert_int_equal(style.background.ansi, 0);
}

static void quiet_text_stays_legible_on_a_ground(void **state)
{
	struct style style;

	(void)state;
	assert_int_equal(parse("default = default\nmuted = #787878 dim\nlabel = default dim\n"
			       "address = #c0c0c0\nkind-text = #505050\n"
			       "cursor = #ffffff #404040\n"),
			 0);
	style = theme_cell_style(&theme, ROLE_MUTED, ROLE_CURSOR);
	assert_int_equal(colour_rgb(&style.foreground), 0xffffff);
	assert_int_equal(style.attributes, 0);
	style = theme_cell_style(&theme, ROLE_LABEL, ROLE_CURSOR);
	assert_int_equal(style.attributes, 0);
	/* What can be read there keeps its colour, and so does what is not text. */
	style = theme_cell_style(&theme, ROLE_ADDRESS, ROLE_CURSOR);
	assert_int_equal(colour_rgb(&style.foreground), 0xc0c0c0);
	style = theme_cell_style(&theme, ROLE_KIND_TEXT, ROLE_CURSOR);
	assert_int_equal(colour_rgb(&style.foreground), 0x505050);
	style = theme_cell_style(&theme, ROLE_MUTED, ROLE_DEFAULT);
	assert_int_equal(style.attributes, STYLE_DIM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_colours_and_attributes),
		cmocka_unit_test(few_colours_have_their_own),
		cmocka_unit_test(kinds_without_colours_are_noticed),
		cmocka_unit_test(roles_left_out_look_as_default),
		cmocka_unit_test(says_what_is_wrong_and_what_to_write),
		cmocka_unit_test(one_wrong_line_spoils_no_other),
		cmocka_unit_test(counts_more_mistakes_than_it_keeps),
		cmocka_unit_test(messages_hold_any_bytes),
		cmocka_unit_test(grounds_lend_background_and_default_foreground),
		cmocka_unit_test(quiet_text_stays_legible_on_a_ground),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
