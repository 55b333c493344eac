/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/colour.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "screen/style.h"

enum {
	BLACK = 0,
	RED = 1,
	BLUE = 4,
	MAGENTA = 5,
	WHITE = 7,
	BRIGHT = 8, /* added to one of the eight */
	CUBE = 16,  /* index of the first colour of the cube */
	GREYS = 232,
};

/* The first 16 colours of xterm (XTerm-col.ad). */
static const uint32_t ansi_rgb[16] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

/* The contrast that a terminal with few colours has at least: of what is drawn, and of letters. */
#define SIGNS_LEAST   1.5
#define LETTERS_LEAST 3.0

struct rgb {
	int red, green, blue;
};

static struct rgb unpack(uint32_t rgb)
{
	return (struct rgb){rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
}

uint32_t colour_rgb(const struct colour *colour)
{
	if (colour->type == COLOUR_RGB)
		return (uint32_t)colour->red << 16 | (uint32_t)colour->green << 8 | colour->blue;
	return ansi_rgb[colour->type == COLOUR_ANSI ? colour->ansi & 15 : WHITE];
}

/*
 * The linear value of an sRGB channel. A cubic that stays within 0.003 of the standard's curve,
 * so that no pow() is needed.
 */
static double linear(int channel)
{
	double c = channel / 255.0;

	return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

double colour_luminance(uint32_t packed)
{
	struct rgb c = unpack(packed);

	return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double colour_contrast(uint32_t a, uint32_t b)
{
	double x = colour_luminance(a) + 0.05, y = colour_luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

/*
 * How different two colours look: the "redmean" distance, squared, which weighs red and blue by
 * how much red there is (T. Riemersma, "Colour metric", CompuPhase). Good enough for choosing
 * among neighbours, and in integers.
 */
static int32_t difference(struct rgb a, struct rgb b)
{
	int mean = (a.red + b.red) / 2;
	int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;

	return ((512 + mean) * red * red >> 8) + 4 * green * green +
	       ((767 - mean) * blue * blue >> 8);
}

static const int cube_levels[6] = {0, 95, 135, 175, 215, 255};

/* The level nearest to the value. */
static int nearest_level(int value)
{
	int best = 0;

	for (int i = 1; i < 6; i++)
		if (abs(cube_levels[i] - value) < abs(cube_levels[best] - value))
			best = i;
	return best;
}

/*
 * The nearest of the cube and the greys. How much green and blue weigh in a difference depends on
 * the reds alone: with each red only the nearest green and blue come into question.
 */
static int nearest_256(struct rgb c)
{
	int green = nearest_level(c.green), blue = nearest_level(c.blue), best = CUBE;
	int32_t least = INT32_MAX;

	for (int red = 0; red < 6; red++) {
		int32_t d = difference(
			c, (struct rgb){cube_levels[red], cube_levels[green], cube_levels[blue]});

		if (d < least) {
			least = d;
			best = CUBE + 36 * red + 6 * green + blue;
		}
	}
	for (int i = GREYS; i < 256; i++) {
		int grey = 8 + 10 * (i - GREYS);
		int32_t d = difference(c, (struct rgb){grey, grey, grey});

		if (d < least) {
			least = d;
			best = i;
		}
	}
	return best;
}

/*
 * The ANSI colour of the same hue. Nearest by distance would make greys of most calm colours;
 * what a reader needs is that red stays red.
 */
static int nearest_16(struct rgb c)
{
	/* ANSI numbers around the circle of hues, from red on in steps of 60 degrees. */
	static const int hues[6] = {1, 3, 2, 6, 4, 5};
	int max = c.red > c.green ? c.red : c.green, min = c.red < c.green ? c.red : c.green;
	int chroma, degrees;

	max = c.blue > max ? c.blue : max;
	min = c.blue < min ? c.blue : min;
	chroma = max - min;
	if (chroma * 100 < max * 36 || max < 32) { /* hardly a hue */
		int grey = (c.red * 2 + c.green * 5 + c.blue) / 8;

		return grey < 64    ? BLACK
		       : grey < 160 ? BLACK + BRIGHT
		       : grey < 240 ? WHITE
				    : WHITE + BRIGHT;
	}
	if (max == c.red)
		degrees = (360 + 60 * (c.green - c.blue) / chroma) % 360;
	else if (max == c.green)
		degrees = 120 + 60 * (c.blue - c.red) / chroma;
	else
		degrees = 240 + 60 * (c.red - c.green) / chroma;
	return hues[(degrees + 30) / 60 % 6] + (max >= 240 ? BRIGHT : 0);
}

/* One of the first 16 colours, or -1. */
static int index_16(const struct colour *colour)
{
	if (colour->type == COLOUR_DEFAULT)
		return -1;
	return colour->type == COLOUR_ANSI ? colour->ansi & 15
					   : nearest_16(unpack(colour_rgb(colour)));
}

static int32_t index_many(const struct colour *colour, bool direct)
{
	uint32_t rgb = colour_rgb(colour);

	if (colour->type == COLOUR_DEFAULT)
		return -1;
	if (!direct)
		return colour->type == COLOUR_ANSI ? colour->ansi & 15 : nearest_256(unpack(rgb));
	if (colour->type == COLOUR_ANSI && colour->ansi < BRIGHT)
		return colour->ansi;
	/* 1 to 7 would be taken for ANSI colours; as colours they are black. */
	return rgb < BRIGHT ? BLACK : (int32_t)rgb;
}

/*
 * Whether letters in one of the 16 colours, as terminals have them, read on white and on black.
 * Bold ones are bright; blue has to be.
 */
static bool reads_anywhere(int colour, unsigned attributes)
{
	int hue = colour % BRIGHT;

	if (hue == BLUE)
		return colour > BRIGHT || attributes & STYLE_BOLD;
	return hue == RED || hue == MAGENTA || colour == BLACK + BRIGHT;
}

/* What a foreground looks like: terminals with few colours show bold ones bright. */
static uint32_t shown_rgb(int foreground, unsigned attributes)
{
	return ansi_rgb[attributes & STYLE_BOLD && foreground < BRIGHT ? foreground + BRIGHT
								       : foreground];
}

/* 16 colours, of which 8 may be shown by attributes only. */
static void shade_few(struct shade *shade, const struct style *style, enum colour_depth depth,
		      bool letters)
{
	int foreground = index_16(style->has_few ? &style->few : &style->foreground),
	    background = index_16(&style->background);

	if (depth == COLOUR_DEPTH_8 && background >= BRIGHT)
		background = background == BLACK + BRIGHT ? WHITE : background - BRIGHT;
	if (letters && background < 0 && !reads_anywhere(foreground, style->attributes))
		foreground = -1;
	/* The terminal's own foreground may be as dark or as light as the background. */
	if (background >= 0 &&
	    (foreground < 0 ||
	     colour_contrast(shown_rgb(foreground, style->attributes), ansi_rgb[background]) <
		     (letters ? LETTERS_LEAST : SIGNS_LEAST))) {
		bool dark = colour_luminance(ansi_rgb[background]) < 0.2;

		foreground = dark ? WHITE + BRIGHT : BLACK;
		/* Bold, black is grey. */
		if (!dark)
			shade->attributes &= (uint8_t)~STYLE_BOLD;
	}
	if (depth == COLOUR_DEPTH_8 && foreground == BLACK + BRIGHT) {
		foreground = -1;
		shade->attributes |= STYLE_DIM;
		if (background >= 0)
			foreground = colour_luminance(ansi_rgb[background]) < 0.2 ? WHITE : BLACK;
	} else if (depth == COLOUR_DEPTH_8 && foreground >= BRIGHT) {
		foreground -= BRIGHT;
		shade->attributes |= STYLE_BOLD;
	}
	shade->foreground = foreground;
	shade->background = background;
}

static struct shade make_shade(const struct style *style, enum colour_depth depth, bool letters)
{
	struct shade shade = {.foreground = -1, .background = -1, .attributes = style->attributes};

	if (depth == COLOUR_DEPTH_NONE) {
		if (style->background.type != COLOUR_DEFAULT)
			shade.attributes |= STYLE_REVERSE;
	} else if (depth == COLOUR_DEPTH_8 || depth == COLOUR_DEPTH_16) {
		shade_few(&shade, style, depth, letters);
	} else {
		shade.foreground = index_many(&style->foreground, depth == COLOUR_DEPTH_DIRECT);
		shade.background = index_many(&style->background, depth == COLOUR_DEPTH_DIRECT);
	}
	return shade;
}

struct shade colour_shade(const struct style *style, enum colour_depth depth)
{
	return make_shade(style, depth, false);
}

struct shade colour_shade_letters(const struct style *style, enum colour_depth depth)
{
	return make_shade(style, depth, true);
}
