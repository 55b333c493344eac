/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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
		{"muted = #12345", "'#12345' is no colour; write # and six hexadecimal digits, as "
				   "in #e5c07b"},
		{"muted = #12345g", "'#12345g' is no colour; write # and six hexadecimal digits, "
				    "as in #e5c07b"},
		{"muted = bold", "no colour before 'bold'; write 'default bold'"},
		{"muted = red blue green", "colour 'green' is one too many; write foreground, "
					   "background, then attributes"},
		{"muted = red bold green", "colour 'green' is one too many; write foreground, "
					   "background, then attributes"},
		{"muted =", "no colour after '='; write one, as in 'muted = #808080'"},
		{"muted", "no '=' after 'muted'; a line is like 'muted = #808080'"},
		{"muted red", "no '=' after 'muted'; a line is like 'muted = #808080'"},
		{"= red", "no role before '='; a line is like 'muted = #808080'"},
		{"heap = red", "unknown role 'heap'; the roles are those that default.theme lists"},
		{"kind-haep = red", "unknown role 'kind-haep'; did you mean 'kind-heap'?"},
		{"kind-\x1b[31m\xff\t= red", "unknown role 'kind-\\x1b[31m\\xff'; the roles are "
					     "those that default.theme lists"},
		{"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz = red",
		 "unknown role 'abcdefghijklmnopqrstuvwx...'; the roles are those that "
		 "default.theme lists"},
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
			    "'label' is set on line 1 already; keep one of them");
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
	assert_int_equal(parse("default = white black\nmuted = red\nbanner = green blue bold\n"
			       "cursor = yellow cyan underline\nmarker = default\n"),
			 0);
	style = theme_cell_style(&theme, ROLE_MUTED, ROLE_CURSOR);
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

static char *read_theme(const char *name, size_t *ret_length)
{
	const char *folder = getenv("top_srcdir");
	char path[4096], *bytes = calloc(1, 65536);
	FILE *file;

	snprintf(path, sizeof(path), "%s/themes/%s", folder ? folder : ".", name);
	file = fopen(path, "rb");
	if (!file) {
		free(bytes);
		return NULL;
	}
	*ret_length = fread(bytes, 1, 65535, file);
	fclose(file);
	return bytes;
}

static void the_default_theme_is_compiled_in(void **state)
{
	size_t length;
	char *bytes = read_theme("default.theme", &length);

	(void)state;
	if (!bytes)
		skip();
	assert_int_equal(length, theme_default_length);
	assert_memory_equal(bytes, theme_default_text, length);
	assert_int_equal(theme_default_text[theme_default_length], 0);
	free(bytes);
}

/* Every role is named, without a mistake, and no two kinds look the same in 256 colours. */
static void check_complete(const char *bytes, size_t length)
{
	assert_int_equal(theme_parse(bytes, length, &theme, mistakes, 4), 0);
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		char line[64];

		snprintf(line, sizeof(line), "\n%s = ", role_name(role));
		assert_non_null(memmem(bytes, length, line, strlen(line)));
	}
	for (enum role a = ROLE_KIND_TEXT; a < ROLE_COUNT; a++) {
		for (enum role b = a + 1; b < ROLE_COUNT; b++) {
			struct shade x = colour_shade(&theme.styles[a], COLOUR_DEPTH_256);
			struct shade y = colour_shade(&theme.styles[b], COLOUR_DEPTH_256);

			if (x.foreground == y.foreground && x.attributes == y.attributes)
				fail_msg("%s and %s look the same in 256 colours", role_name(a),
					 role_name(b));
		}
	}
}

static void check_contrast(double on_black, double on_white)
{
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		const struct style *style = &theme.styles[role];
		uint32_t colour = colour_rgb(&style->foreground);

		if (style->background.type != COLOUR_DEFAULT) {
			assert_true(colour_contrast(colour, colour_rgb(&style->background)) > 4.5);
		} else if (style->foreground.type != COLOUR_DEFAULT &&
			   (colour_contrast(colour, 0x000000) < on_black ||
			    colour_contrast(colour, 0xffffff) < on_white)) {
			fail_msg("%s is hard to read: %.2f on black, %.2f on white",
				 role_name(role), colour_contrast(colour, 0x000000),
				 colour_contrast(colour, 0xffffff));
		}
	}
}

static void the_default_theme_reads_well_on_any_ground(void **state)
{
	const struct style *cursor = &theme.styles[ROLE_CURSOR];

	(void)state;
	check_complete(theme_default_text, theme_default_length);
	check_contrast(3, 3);
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		struct style style = theme_cell_style(&theme, role, ROLE_CURSOR);

		assert_true(colour_contrast(colour_rgb(&style.foreground),
					    colour_rgb(&cursor->background)) > 2);
	}
}

static void the_colour_blind_theme_reads_well(void **state)
{
	size_t length;
	char *bytes = read_theme("colour-blind.theme", &length);

	(void)state;
	if (!bytes)
		skip();
	check_complete(bytes, length);
	check_contrast(3, 2.2); /* the palette's own orange has 2.2 on white */
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_colours_and_attributes),
		cmocka_unit_test(roles_left_out_look_as_default),
		cmocka_unit_test(says_what_is_wrong_and_what_to_write),
		cmocka_unit_test(one_wrong_line_spoils_no_other),
		cmocka_unit_test(counts_more_mistakes_than_it_keeps),
		cmocka_unit_test(messages_hold_any_bytes),
		cmocka_unit_test(grounds_lend_background_and_default_foreground),
		cmocka_unit_test(the_default_theme_is_compiled_in),
		cmocka_unit_test(the_default_theme_reads_well_on_any_ground),
		cmocka_unit_test(the_colour_blind_theme_reads_well),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
