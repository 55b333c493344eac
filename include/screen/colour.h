/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_COLOUR_H
#define SCREEN_COLOUR_H

/*
 * Colours as a terminal can show them. Themes say what they want; here a style becomes what a
 * terminal with fewer colours has to show it. Pure: numbers in, numbers out.
 */

#include <stdint.h>

struct colour;
struct style;

/* What a terminal has. */
enum colour_depth {
	COLOUR_DEPTH_NONE, /* attributes only */
	COLOUR_DEPTH_8,
	COLOUR_DEPTH_16,
	COLOUR_DEPTH_256,    /* the 16, a cube of 6×6×6 and 24 greys, as xterm arranges them */
	COLOUR_DEPTH_DIRECT, /* 0xrrggbb; 0 to 7 stand for the ANSI colours */
};

/* A style in a terminal's own numbers. */
struct shade {
	int32_t foreground, background; /* the colour's number; -1 is the terminal's default */
	uint8_t attributes;             /* STYLE_… */
};

/* The colour as 0xrrggbb; ANSI colours as xterm shows them by default. */
uint32_t colour_rgb(const struct colour *colour);

/* The relative luminance of 0xrrggbb as WCAG 2 defines it: 0 (black) to 1 (white). */
double colour_luminance(uint32_t rgb);

/* The contrast of two colours as WCAG 2 defines it: 1 (the same) to 21 (black and white). */
double colour_contrast(uint32_t a, uint32_t b);

/*
 * The style for a terminal of that depth. Where there are no colours, a background becomes reverse.
 * Where there are 16 or 8, a foreground that can hardly be distinguished from its background gives
 * way to black or white; where there are 8, bright ones become bold, and grey text dim, for there
 * is not a grey.
 */
struct shade colour_shade(const struct style *style, enum colour_depth depth);

/*
 * The same for letters. Where there are 16 or 8, these are the terminal's, which may be dark or
 * light, and of their colours green, yellow, cyan and white cannot be read on white, nor black and,
 * unless bold, blue on black: on the terminal's own background its own foreground takes their
 * place. On another they have a contrast of 3 or more.
 */
struct shade colour_shade_letters(const struct style *style, enum colour_depth depth);

#endif
