/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
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

/* Themes with a ground of their own are made for that; the others for the terminal's, whatever. */
static const struct shipped {
	const char *file;
	bool coloured;
	/* The least contrast of what is written; of frames, and kinds that nobody can access. */
	double text, idle;
	double on_black, on_white; /* where there is no ground of its own */
} shipped[] = {
	{"default.theme", true, 3, 3, 3, 3},
	{"colour-blind.theme", true, 2.2, 2.2, 3, 2.2}, /* its orange has 2.2 on white */
	{"nord.theme", true, 3, 2.4, 0, 0},
	{"gruvbox.theme", true, 3, 3, 0, 0},
	{"high-contrast.theme", true, 7, 6.5, 0, 0},
	{"mono.theme", false, 0, 0, 0, 0},
};

enum { SHIPPED = sizeof(shipped) / sizeof(shipped[0]) };

/* Kinds that often lie side by side, or that one must not take for one another. */
static const enum role neighbours[][2] = {
	{ROLE_KIND_TEXT, ROLE_KIND_RODATA},        {ROLE_KIND_RODATA, ROLE_KIND_RELRO},
	{ROLE_KIND_RELRO, ROLE_KIND_DATA},         {ROLE_KIND_DATA, ROLE_KIND_BSS},
	{ROLE_KIND_BSS, ROLE_KIND_HEAP},           {ROLE_KIND_HEAP, ROLE_KIND_ANON},
	{ROLE_KIND_ARENA, ROLE_KIND_ANON},         {ROLE_KIND_ARENA, ROLE_KIND_RESERVE},
	{ROLE_KIND_STACK, ROLE_KIND_THREAD_STACK}, {ROLE_KIND_THREAD_STACK, ROLE_KIND_GUARD},
	{ROLE_KIND_ANON, ROLE_KIND_JIT},           {ROLE_KIND_ANON, ROLE_KIND_FILE},
	{ROLE_KIND_FILE, ROLE_KIND_SHARED},        {ROLE_KIND_VDSO, ROLE_KIND_VVAR},
	{ROLE_KIND_TEXT, ROLE_KIND_FILE},
};

/* Reads a theme into the one variable; skips where the sources are not there. */
static char *load(const struct shipped *ship, size_t *ret_length)
{
	char *bytes = read_theme(ship->file, ret_length);

	if (!bytes)
		skip();
	memset(mistakes, 0, sizeof(mistakes));
	if (theme_parse(bytes, *ret_length, &theme, mistakes, 4) > 0)
		fail_msg("%s:%zu: %s", ship->file, mistakes[0].line, mistakes[0].message);
	return bytes;
}

static void every_theme_names_every_role(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;
		char *bytes = load(&shipped[i], &length), line[64];

		/* What --list-themes shows of it. */
		assert_memory_equal(bytes, "# ", 2);
		assert_in_range(strcspn(bytes, "\n"), 10, 80);
		for (enum role role = 0; role < ROLE_COUNT; role++) {
			snprintf(line, sizeof(line), "\n%s = ", role_name(role));
			if (!memmem(bytes, length, line, strlen(line)))
				fail_msg("%s lacks %s", shipped[i].file, role_name(role));
		}
		free(bytes);
	}
}

static bool look_alike(enum role a, enum role b, enum colour_depth depth)
{
	struct shade x = colour_shade(&theme.styles[a], depth);
	struct shade y = colour_shade(&theme.styles[b], depth);

	return x.foreground == y.foreground && x.attributes == y.attributes;
}

static void no_two_kinds_have_one_colour(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (enum role a = ROLE_KIND_TEXT; shipped[i].coloured && a <= ROLE_KIND_GAP; a++)
			for (enum role b = a + 1; b <= ROLE_KIND_GAP; b++)
				if (look_alike(a, b, COLOUR_DEPTH_256) ||
				    look_alike(a, b, COLOUR_DEPTH_DIRECT))
					fail_msg("%s: %s and %s look the same", shipped[i].file,
						 role_name(a), role_name(b));
	}
}

static void neighbours_differ_with_few_colours_too(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (size_t j = 0; j < sizeof(neighbours) / sizeof(neighbours[0]); j++)
			for (enum colour_depth depth = COLOUR_DEPTH_8; depth <= COLOUR_DEPTH_DIRECT;
			     depth++)
				if (look_alike(neighbours[j][0], neighbours[j][1], depth))
					fail_msg("%s: %s and %s look the same at depth %d",
						 shipped[i].file, role_name(neighbours[j][0]),
						 role_name(neighbours[j][1]), (int)depth);
	}
}

static void check_contrast(const struct shipped *ship, enum role role, uint32_t colour,
			   uint32_t ground, double least)
{
	if (colour_contrast(colour, ground) < least)
		fail_msg("%s: %s is hard to read on #%06x: %.2f", ship->file, role_name(role),
			 (unsigned)ground, colour_contrast(colour, ground));
}

static bool is_idle(enum role role)
{
	return role == ROLE_BORDER || role == ROLE_KIND_GUARD || role == ROLE_KIND_RESERVE ||
	       role == ROLE_KIND_GAP;
}

/* Colours against what is behind them: the theme's own ground, or black and white. */
static void check_role(const struct shipped *ship, enum role role)
{
	struct style style = theme_cell_style(&theme, role, ROLE_DEFAULT);
	uint32_t colour = colour_rgb(&style.foreground);

	if (style.background.type != COLOUR_DEFAULT) {
		bool own = theme.styles[role].background.type != COLOUR_DEFAULT;

		check_contrast(ship, role, colour, colour_rgb(&style.background),
			       is_idle(role) ? ship->idle
			       : own         ? 4.5
					     : ship->text);
	} else if (style.foreground.type != COLOUR_DEFAULT) {
		check_contrast(ship, role, colour, 0x000000, ship->on_black);
		check_contrast(ship, role, colour, 0xffffff, ship->on_white);
	}
	/* And on the line of the cursor. */
	style = theme_cell_style(&theme, role, ROLE_CURSOR);
	check_contrast(ship, role, colour_rgb(&style.foreground), colour_rgb(&style.background),
		       is_idle(role) ? 1.5 : 2);
}

static void every_theme_reads_well(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (enum role role = 0; shipped[i].coloured && role < ROLE_COUNT; role++)
			check_role(&shipped[i], role);
	}
}

static void mono_has_no_colours(void **state)
{
	size_t length;

	(void)state;
	free(load(&shipped[SHIPPED - 1], &length));
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		assert_int_equal(theme.styles[role].foreground.type, COLOUR_DEFAULT);
		assert_int_equal(theme.styles[role].background.type, COLOUR_DEFAULT);
	}
	assert_true(theme.styles[ROLE_CURSOR].attributes & STYLE_REVERSE);
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
		cmocka_unit_test(every_theme_names_every_role),
		cmocka_unit_test(no_two_kinds_have_one_colour),
		cmocka_unit_test(neighbours_differ_with_few_colours_too),
		cmocka_unit_test(every_theme_reads_well),
		cmocka_unit_test(mono_has_no_colours),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
