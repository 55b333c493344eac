/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/palette.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/memory.h"
#include "screen/colour.h"
#include "screen/theme.h"
#include "term/curses.h"

enum {
	PAIRS_MAX = 1024,    /* of which a theme needs some dozens */
	FIRST_SIGN = 0x2190, /* arrows, then frames, blocks and braille (Unicode, "Blocks") */
};

struct palette {
	struct theme theme;
	enum colour_depth depth;
	bool has_default; /* the terminal can be asked for its own colours (-1) */
	int pair_count, pair_limit;
	struct {
		int foreground, background;
	} pairs[PAIRS_MAX];                           /* pair 0 is not ours */
	struct look looks[2][ROLE_COUNT][ROLE_COUNT]; /* of what is drawn, and of letters */
};

/* Whether so many colours are given as red, green and blue of 8 bits: "RGB" of user_caps(5). */
static bool is_direct(int colours)
{
	const char *string;

	if (colours < 1 << 24)
		return false;
	if (curses()->tigetflag("RGB") > 0 || curses()->tigetnum("RGB") == 8)
		return true;
	string = curses()->tigetstr("RGB");
	return string && string != (char *)-1 && strcmp(string, "8/8/8") == 0;
}

static enum colour_depth find_depth(void)
{
	int colours = curses()->tigetnum("colors");

	if (!curses()->has_colors() || curses()->start_color() == ERR || colours < 8)
		return COLOUR_DEPTH_NONE;
	if (is_direct(colours))
		return COLOUR_DEPTH_DIRECT;
	/* Direct colours of another shape: their first eight are the ANSI ones all the same. */
	if (colours > 256)
		return COLOUR_DEPTH_8;
	return colours == 256 ? COLOUR_DEPTH_256 : colours >= 16 ? COLOUR_DEPTH_16 : COLOUR_DEPTH_8;
}

struct palette *palette_create(const struct theme *theme, bool colours)
{
	struct palette *palette = memory_alloc(sizeof(*palette));
	int pairs;

	palette->theme = *theme;
	palette->depth = colours ? find_depth() : COLOUR_DEPTH_NONE;
	if (palette->depth == COLOUR_DEPTH_NONE)
		return palette;
	palette->has_default = curses()->use_default_colors() == OK;
	palette->pair_count = 1;
	pairs = curses()->tigetnum("pairs");
	palette->pair_limit = pairs < PAIRS_MAX ? pairs : PAIRS_MAX;
	return palette;
}

void palette_destroy(struct palette *palette)
{
	free(palette);
}

bool palette_has_colours(const struct palette *palette)
{
	return palette->depth != COLOUR_DEPTH_NONE;
}

bool palette_shows_colours(const struct palette *palette)
{
	return palette_has_colours(palette) && theme_has_colours(&palette->theme);
}

/* The pair of these colours; 0 when the terminal has no more. */
static int take_pair(struct palette *palette, int foreground, int background)
{
	int pair;

	if (foreground < 0 && background < 0 && palette->has_default)
		return 0;
	if (!palette->has_default) {
		foreground = foreground < 0 ? COLOR_WHITE : foreground;
		background = background < 0 ? COLOR_BLACK : background;
	}
	for (pair = 1; pair < palette->pair_count; pair++)
		if (palette->pairs[pair].foreground == foreground &&
		    palette->pairs[pair].background == background)
			return pair;
	if (pair >= palette->pair_limit ||
	    curses()->init_extended_pair(pair, foreground, background) == ERR)
		return 0;
	palette->pairs[pair].foreground = foreground;
	palette->pairs[pair].background = background;
	palette->pair_count = pair + 1;
	return pair;
}

static attr_t curses_attributes(unsigned attributes)
{
	return (attributes & STYLE_BOLD ? A_BOLD : 0) | (attributes & STYLE_DIM ? A_DIM : 0) |
	       (attributes & STYLE_ITALIC ? A_ITALIC : 0) |
	       (attributes & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
	       (attributes & STYLE_REVERSE ? A_REVERSE : 0);
}

/* Bars can be of ASCII signs: in a bar's role only what stands in words is one of their letters. */
static bool is_letter(enum role role, uint32_t glyph)
{
	return (role < ROLE_READ_ONLY && glyph < FIRST_SIGN) || iswalnum((wint_t)glyph);
}

const struct look *palette_look(struct palette *palette, enum role role, enum role ground,
				uint32_t glyph)
{
	bool letter = is_letter(role, glyph);
	struct look *look = &palette->looks[letter][role][ground];
	struct style style;
	struct shade shade;

	if (look->known)
		return look;
	if (letter) {
		style = theme_letter_style(&palette->theme, role, ground);
		shade = colour_shade_letters(&style, palette->depth);
	} else {
		style = theme_cell_style(&palette->theme, role, ground);
		shade = colour_shade(&style, palette->depth);
	}
	look->attributes = curses_attributes(shade.attributes);
	if (palette->depth != COLOUR_DEPTH_NONE)
		look->pair = take_pair(palette, shade.foreground, shade.background);
	look->background = shade.background;
	look->known = true;
	return look;
}

bool palette_blank_is_same(const struct look *look, const struct look *other)
{
	const unsigned drawn = A_UNDERLINE | A_REVERSE;

	return look->background == other->background &&
	       !((look->attributes | other->attributes) & drawn);
}
