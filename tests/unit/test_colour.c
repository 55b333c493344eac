/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "screen/colour.h"
#include "screen/theme.h"

/* The style that a theme file would spell so. */
static struct style style(const char *colours)
{
	char line[128] = "muted = ";
	struct theme theme;

	strncat(line, colours, sizeof(line) - strlen(line) - 1);
	assert_int_equal(theme_parse(line, strlen(line), &theme, NULL, 0), 0);
	return theme.styles[ROLE_MUTED];
}

static void assert_shade(const char *colours, enum colour_depth depth, int32_t foreground,
			 int32_t background, unsigned attributes)
{
	struct style wanted = style(colours);
	struct shade shade = colour_shade(&wanted, depth);

	assert_int_equal(shade.foreground, foreground);
	assert_int_equal(shade.background, background);
	assert_int_equal(shade.attributes, attributes);
}

static void measures_luminance_and_contrast(void **state)
{
	(void)state;
	assert_true(colour_luminance(0x000000) < 0.0001);
	assert_true(colour_luminance(0xffffff) > 0.9999 && colour_luminance(0xffffff) < 1.0001);
	assert_true(colour_contrast(0x000000, 0xffffff) > 20.9);
	assert_true(colour_contrast(0x123456, 0x123456) == 1);
	/* #767676 is the lightest grey with 4.5 on white by the standard's own curve. */
	assert_true(colour_contrast(0x767676, 0xffffff) > 4.45 &&
		    colour_contrast(0x767676, 0xffffff) < 4.65);
	assert_true(colour_contrast(0xff0000, 0) == colour_contrast(0, 0xff0000));
}

static void direct_colours_stay(void **state)
{
	(void)state;
	assert_shade("#e5c07b #000000 bold", COLOUR_DEPTH_DIRECT, 0xe5c07b, 0, STYLE_BOLD);
	assert_shade("default", COLOUR_DEPTH_DIRECT, -1, -1, 0);
	assert_shade("red bright-red", COLOUR_DEPTH_DIRECT, 1, 0xff0000, 0);
	/* Not to be taken for the ANSI colour 7. */
	assert_shade("#000007", COLOUR_DEPTH_DIRECT, 0, -1, 0);
	assert_shade("#000008", COLOUR_DEPTH_DIRECT, 8, -1, 0);
}

/* As the metric says, tried on each colour that can be taken. */
static int nearest_by_trying_all(int red, int green, int blue)
{
	static const int levels[6] = {0, 95, 135, 175, 215, 255};
	int best = 0;
	long least = LONG_MAX;

	for (int i = 16; i < 256; i++) {
		int cube = i - 16, grey = 8 + 10 * (i - 232);
		int r = i < 232 ? levels[cube / 36] : grey;
		int g = i < 232 ? levels[cube / 6 % 6] : grey;
		int b = i < 232 ? levels[cube % 6] : grey;
		int mean = (red + r) / 2;
		long d = ((512 + mean) * (red - r) * (red - r) >> 8) +
			 4 * (green - g) * (green - g) +
			 ((767 - mean) * (blue - b) * (blue - b) >> 8);

		if (d < least) {
			least = d;
			best = i;
		}
	}
	return best;
}

static void of_256_none_is_nearer(void **state)
{
	struct style style = {.foreground = {.type = COLOUR_RGB}};

	(void)state;
	for (int red = 0; red < 256; red += 15)
		for (int green = 0; green < 256; green += 5)
			for (int blue = 0; blue < 256; blue += 5) {
				style.foreground.red = (uint8_t)red;
				style.foreground.green = (uint8_t)green;
				style.foreground.blue = (uint8_t)blue;
				assert_int_equal(colour_shade(&style, COLOUR_DEPTH_256).foreground,
						 nearest_by_trying_all(red, green, blue));
			}
}

static void of_256_takes_the_nearest(void **state)
{
	char text[8];

	(void)state;
	assert_shade("#000000 #ffffff", COLOUR_DEPTH_256, 16, 231, 0);
	assert_shade("#ff0000 #5f87af", COLOUR_DEPTH_256, 196, 67, 0);
	assert_shade("#808080 #090909", COLOUR_DEPTH_256, 244, 232, 0);
	assert_shade("#fa0305 default", COLOUR_DEPTH_256, 196, -1, 0);
	assert_shade("bright-cyan black", COLOUR_DEPTH_256, 14, 0, 0);
	/* Every colour that is in the palette maps to itself, or to its equal in the cube. */
	for (int grey = 0; grey < 24; grey++) {
		snprintf(text, sizeof(text), "#%02x%02x%02x", 8 + 10 * grey, 8 + 10 * grey,
			 8 + 10 * grey);
		assert_shade(text, COLOUR_DEPTH_256, 232 + grey, -1, 0);
	}
}

static void of_16_keeps_the_hue(void **state)
{
	(void)state;
	assert_shade("#a01010", COLOUR_DEPTH_16, 1, -1, 0);
	assert_shade("#3a9742", COLOUR_DEPTH_16, 2, -1, 0);
	assert_shade("#bb881a", COLOUR_DEPTH_16, 3, -1, 0);
	assert_shade("#4381c2", COLOUR_DEPTH_16, 4, -1, 0);
	assert_shade("#c158ae", COLOUR_DEPTH_16, 5, -1, 0);
	assert_shade("#2ca0ac", COLOUR_DEPTH_16, 6, -1, 0);
	assert_shade("#ff2020", COLOUR_DEPTH_16, 9, -1, 0);
	assert_shade("#787c83", COLOUR_DEPTH_16, 8, -1, 0);
	assert_shade("#101010", COLOUR_DEPTH_16, 0, -1, 0);
	assert_shade("#d0d0d0", COLOUR_DEPTH_16, 7, -1, 0);
	assert_shade("#fefefe", COLOUR_DEPTH_16, 15, -1, 0);
	assert_shade("bright-yellow", COLOUR_DEPTH_16, 11, -1, 0);
	assert_shade("#000018", COLOUR_DEPTH_16, 0, -1, 0);
}

/* Each hue has sixty degrees: in the last of one and the first of the next. */
static void of_16_hues_end_half_way_to_the_next(void **state)
{
	static const struct {
		const char *colour;
		int index;
	} cases[] = {
		{"#e6811e", 1}, {"#e6821e", 3}, {"#e61e85", 1}, {"#e61e86", 5}, {"#1ee681", 2},
		{"#1ee682", 6}, {"#85e61e", 2}, {"#86e61e", 3}, {"#811ee6", 4}, {"#821ee6", 5},
		{"#1e85e6", 4}, {"#1e86e6", 6}, {"#c8c832", 3}, {"#c832c8", 5}, {"#32c8c8", 6},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_shade(cases[i].colour, COLOUR_DEPTH_16, cases[i].index, -1, 0);
}

/* What is hardly coloured, or dark, is a grey by its lightness. */
static void of_16_greys_have_little_colour(void **state)
{
	static const struct {
		const char *colour;
		int index;
	} cases[] = {
		{"#644141", 8}, {"#644040", 1},  {"#1f0000", 0}, {"#200000", 1}, {"#ef0000", 1},
		{"#f00000", 9}, {"#3f3f3f", 0},  {"#404040", 8}, {"#9f9f9f", 8}, {"#a0a0a0", 7},
		{"#efefef", 7}, {"#f0f0f0", 15}, {"#4b3c3c", 0}, {"#4c3c3c", 8}, {"#3c423c", 0},
		{"#3c433c", 8}, {"#3c3c5b", 0},  {"#3c3c5c", 8},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_shade(cases[i].colour, COLOUR_DEPTH_16, cases[i].index, -1, 0);
}

static void of_16_stays_legible(void **state)
{
	(void)state;
	assert_shade("#4381c2 #28354a", COLOUR_DEPTH_16, 15, 4, 0);
	assert_shade("white bright-white", COLOUR_DEPTH_16, 0, 15, 0);
	assert_shade("red blue", COLOUR_DEPTH_16, 1, 4, 0);
	assert_shade("yellow blue", COLOUR_DEPTH_16, 3, 4, 0);
}

static void of_8_uses_attributes(void **state)
{
	(void)state;
	assert_shade("bright-green", COLOUR_DEPTH_8, 2, -1, STYLE_BOLD);
	assert_shade("#787c83", COLOUR_DEPTH_8, -1, -1, STYLE_DIM);
	assert_shade("green bright-blue", COLOUR_DEPTH_8, 2, 4, 0);
	assert_shade("#787c83 blue", COLOUR_DEPTH_8, 7, 4, STYLE_DIM);
	assert_shade("#787c83 red underline", COLOUR_DEPTH_8, 7, 1, STYLE_BOLD | STYLE_UNDERLINE);
	assert_shade("bright-black black", COLOUR_DEPTH_8, 7, 0, STYLE_DIM);
}

static void without_colours_a_ground_is_reverse(void **state)
{
	(void)state;
	assert_shade("red", COLOUR_DEPTH_NONE, -1, -1, 0);
	assert_shade("red default bold", COLOUR_DEPTH_NONE, -1, -1, STYLE_BOLD);
	assert_shade("red blue bold", COLOUR_DEPTH_NONE, -1, -1, STYLE_BOLD | STYLE_REVERSE);
}

static void assert_letters(const char *colours, enum colour_depth depth, int32_t foreground)
{
	struct style wanted = style(colours);

	assert_int_equal(colour_shade_letters(&wanted, depth).foreground, foreground);
}

static void letters_of_few_colours_read_on_white_and_on_black(void **state)
{
	static const char *const pale[] = {"green", "yellow",       "cyan",       "white",
					   "black", "bright-green", "bright-cyan"};

	(void)state;
	for (size_t i = 0; i < sizeof(pale) / sizeof(pale[0]); i++) {
		assert_letters(pale[i], COLOUR_DEPTH_8, -1);
		assert_letters(pale[i], COLOUR_DEPTH_16, -1);
	}
	assert_letters("red", COLOUR_DEPTH_8, 1);
	assert_letters("magenta", COLOUR_DEPTH_16, 5);
	assert_letters("#4381c2 bold", COLOUR_DEPTH_8, 4);
	assert_letters("#4381c2", COLOUR_DEPTH_8, -1);
	assert_letters("bright-black", COLOUR_DEPTH_16, 8);
	/* What the background is, is known where a theme has one. */
	assert_letters("green black", COLOUR_DEPTH_8, 2);
	assert_letters("bright-magenta blue", COLOUR_DEPTH_16, 15);
	assert_letters("#808080 white", COLOUR_DEPTH_8, 0);
	/* With more colours the theme knows which. */
	assert_letters("#1b882c", COLOUR_DEPTH_DIRECT, 0x1b882c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_luminance_and_contrast),
		cmocka_unit_test(direct_colours_stay),
		cmocka_unit_test(of_256_takes_the_nearest),
		cmocka_unit_test(of_256_none_is_nearer),
		cmocka_unit_test(of_16_keeps_the_hue),
		cmocka_unit_test(of_16_hues_end_half_way_to_the_next),
		cmocka_unit_test(of_16_greys_have_little_colour),
		cmocka_unit_test(of_16_stays_legible),
		cmocka_unit_test(of_8_uses_attributes),
		cmocka_unit_test(without_colours_a_ground_is_reverse),
		cmocka_unit_test(letters_of_few_colours_read_on_white_and_on_black),
	};

	return cmocka_run_group_tests_name("colour", tests, NULL, NULL);
}
