/* SPDX-License-Identifier: GPL-2.0-or-later */
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
	/* The least contrast of what is written, and of kinds and frames. */
	double text, kinds;
	double kinds_on_white; /* where there is no ground of its own */
} shipped[] = {
	{"default.theme", true, 4.5, 3, 4.5},     {"colour-blind.theme", true, 4.5, 3, 3},
	{"nord.theme", true, 4.5, 3, 0},          {"gruvbox.theme", true, 4.5, 3, 0},
	{"high-contrast.theme", true, 7, 6.5, 0}, {"mono.theme", false, 0, 0, 0},
};

enum { SHIPPED = sizeof(shipped) / sizeof(shipped[0]) };

/* Kinds that often lie side by side, or that one must not take for one another. */
static const enum role neighbours[][2] = {
	{ROLE_KIND_BSS, ROLE_KIND_ANON},           {ROLE_KIND_THREAD_STACK, ROLE_KIND_ANON},
	{ROLE_KIND_THREAD_STACK, ROLE_KIND_ARENA}, {ROLE_KIND_SHARED, ROLE_KIND_DEVICE},
	{ROLE_KIND_FILE, ROLE_KIND_RODATA},        {ROLE_KIND_STACK, ROLE_KIND_VVAR},
	{ROLE_KIND_TEXT, ROLE_KIND_RODATA},        {ROLE_KIND_RODATA, ROLE_KIND_RELRO},
	{ROLE_KIND_RELRO, ROLE_KIND_DATA},         {ROLE_KIND_DATA, ROLE_KIND_BSS},
	{ROLE_KIND_BSS, ROLE_KIND_HEAP},           {ROLE_KIND_HEAP, ROLE_KIND_ANON},
	{ROLE_KIND_ARENA, ROLE_KIND_ANON},         {ROLE_KIND_ARENA, ROLE_KIND_RESERVE},
	{ROLE_KIND_THREAD_STACK, ROLE_KIND_GUARD}, {ROLE_KIND_ANON, ROLE_KIND_JIT},
	{ROLE_KIND_ANON, ROLE_KIND_FILE},          {ROLE_KIND_FILE, ROLE_KIND_SHARED},
	{ROLE_KIND_VDSO, ROLE_KIND_VVAR},          {ROLE_KIND_TEXT, ROLE_KIND_FILE},
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

/* In colour where there are 8, not only in weight; without colours in weight, but for some. */
static bool share_a_colour(enum role a, enum role b, enum colour_depth depth)
{
	struct shade x = colour_shade(&theme.styles[a], depth);
	struct shade y = colour_shade(&theme.styles[b], depth);

	return x.foreground == y.foreground;
}

static void neighbours_differ_with_few_colours_too(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (size_t j = 0;
		     shipped[i].coloured && j < sizeof(neighbours) / sizeof(neighbours[0]); j++)
			for (enum colour_depth depth = COLOUR_DEPTH_8; depth <= COLOUR_DEPTH_DIRECT;
			     depth++)
				if (share_a_colour(neighbours[j][0], neighbours[j][1], depth))
					fail_msg("%s: %s and %s share a colour at depth %d",
						 shipped[i].file, role_name(neighbours[j][0]),
						 role_name(neighbours[j][1]), (int)depth);
	}
}

static int channel_distance(uint32_t a, uint32_t b, int shift)
{
	int difference = (int)(a >> shift & 0xff) - (int)(b >> shift & 0xff);

	return difference < 0 ? -difference : difference;
}

/* What grew lies within a bar of the heap, of anonymous memory or a stack. */
static void growth_has_no_kind_s_colour(void **state)
{
	static const enum role growing[] = {ROLE_KIND_HEAP,  ROLE_KIND_ARENA,        ROLE_KIND_ANON,
					    ROLE_KIND_STACK, ROLE_KIND_THREAD_STACK, ROLE_KIND_BSS};

	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (size_t j = 0; shipped[i].coloured && j < sizeof(growing) / sizeof(growing[0]);
		     j++) {
			uint32_t grew = colour_rgb(&theme.styles[ROLE_GREW].foreground);
			uint32_t kind = colour_rgb(&theme.styles[growing[j]].foreground);

			if (share_a_colour(ROLE_GREW, growing[j], COLOUR_DEPTH_8) ||
			    channel_distance(grew, kind, 0) + channel_distance(grew, kind, 8) +
					    channel_distance(grew, kind, 16) <
				    48)
				fail_msg("%s: growth looks like %s", shipped[i].file,
					 role_name(growing[j]));
		}
	}
}

static void check_contrast(const struct shipped *ship, enum role role, uint32_t colour,
			   uint32_t ground, double least)
{
	if (colour_contrast(colour, ground) < least)
		fail_msg("%s: %s is hard to read on #%06x: %.2f", ship->file, role_name(role),
			 (unsigned)ground, colour_contrast(colour, ground));
}

/* Bars and frames, which are seen and not read; what is unmapped has no bar, only words. */
static bool is_drawn(enum role role)
{
	return role == ROLE_BORDER || role == ROLE_SCROLL ||
	       (role >= ROLE_KIND_TEXT && role != ROLE_KIND_GAP);
}

/* Colours against what is behind them: the theme's own ground, or black and white. */
static void check_role(const struct shipped *ship, enum role role)
{
	struct style style = theme_cell_style(&theme, role, ROLE_DEFAULT);
	uint32_t colour = colour_rgb(&style.foreground);
	double least = is_drawn(role) ? ship->kinds : ship->text;

	if (style.background.type != COLOUR_DEFAULT) {
		check_contrast(ship, role, colour, colour_rgb(&style.background), least);
	} else if (style.foreground.type != COLOUR_DEFAULT) {
		check_contrast(ship, role, colour, 0x000000, least);
		check_contrast(ship, role, colour, 0xffffff,
			       is_drawn(role) ? ship->kinds_on_white : ship->text);
	}
	/* And on the line of the cursor, where the letters of kinds are lighter than their bars. */
	style = theme_letter_style(&theme, role, ROLE_CURSOR);
	check_contrast(ship, role, colour_rgb(&style.foreground), colour_rgb(&style.background),
		       4.5);
	style = theme_cell_style(&theme, role, ROLE_CURSOR);
	check_contrast(ship, role, colour_rgb(&style.foreground), colour_rgb(&style.background),
		       role < ROLE_KIND_TEXT || role == ROLE_KIND_GAP ? 4.5 : 1.5);
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

static uint32_t shown_rgb(int32_t index, uint8_t attributes)
{
	const struct colour colour = {
		.type = COLOUR_ANSI,
		.ansi = (uint8_t)(index < 8 && attributes & STYLE_BOLD ? index + 8 : index)};

	return colour_rgb(&colour);
}

/* What is read on a ground, as xterm shows it: bold is bright. */
static void check_few(const struct shipped *ship, enum role role, enum role ground,
		      enum colour_depth depth)
{
	struct style style = theme_letter_style(&theme, role, ground);
	struct shade shade = colour_shade_letters(&style, depth);

	if (shade.foreground < 0) {
		if (shade.background >= 0)
			fail_msg("%s: %s has no colour of its own", ship->file, role_name(role));
		return;
	}
	if (shade.background >= 0) {
		check_contrast(ship, role, shown_rgb(shade.foreground, shade.attributes),
			       shown_rgb(shade.background, 0), 3);
		return;
	}
	check_contrast(ship, role, shown_rgb(shade.foreground, shade.attributes), 0x000000, 3);
	check_contrast(ship, role, shown_rgb(shade.foreground, shade.attributes), 0xffffff, 3);
}

/* Where a terminal has 8 or 16 colours, they are not the theme's. */
static void every_theme_reads_with_few_colours(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;

		free(load(&shipped[i], &length));
		for (enum role role = 0; shipped[i].coloured && role < ROLE_COUNT; role++)
			for (enum colour_depth depth = COLOUR_DEPTH_8; depth <= COLOUR_DEPTH_16;
			     depth++) {
				check_few(&shipped[i], role, ROLE_DEFAULT, depth);
				check_few(&shipped[i], role, ROLE_CURSOR, depth);
			}
	}
}

/* Neither is the line of the chart on white. */
static void the_chart_is_seen_with_few_colours(void **state)
{
	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		size_t length;
		struct style style;
		struct shade shade;

		free(load(&shipped[i], &length));
		style = theme_cell_style(&theme, ROLE_CHART, ROLE_DEFAULT);
		shade = colour_shade(&style, COLOUR_DEPTH_8);
		if (shade.foreground >= 0 && shade.background < 0)
			check_contrast(&shipped[i], ROLE_CHART,
				       shown_rgb(shade.foreground, shade.attributes), 0xffffff, 3);
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
		cmocka_unit_test(the_default_theme_is_compiled_in),
		cmocka_unit_test(every_theme_names_every_role),
		cmocka_unit_test(no_two_kinds_have_one_colour),
		cmocka_unit_test(neighbours_differ_with_few_colours_too),
		cmocka_unit_test(growth_has_no_kind_s_colour),
		cmocka_unit_test(every_theme_reads_well),
		cmocka_unit_test(every_theme_reads_with_few_colours),
		cmocka_unit_test(the_chart_is_seen_with_few_colours),
		cmocka_unit_test(mono_has_no_colours),
	};

	return cmocka_run_group_tests_name("theme_shipped", tests, NULL, NULL);
}
