/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_PALETTE_H
#define TERM_PALETTE_H

/*
 * The looks of a theme on the terminal that curses runs: each role on each ground as attributes
 * and a colour pair, worked out when first used. Curses must have been started.
 */

#include <stdbool.h>
#include <stdint.h>

#include "screen/role.h"

struct palette;
struct theme;

struct look {
	unsigned attributes; /* A_… of curses */
	int pair;            /* a colour pair of curses; 0 is the terminal's own colours */
	int background;      /* of the pair; -1: the terminal's own */
	bool known;
};

/* With colours when asked for and the terminal has some. The theme is copied. */
struct palette *palette_create(const struct theme *theme, bool colours);
void palette_destroy(struct palette *palette);

/* Whether it has colours, or attributes only. */
bool palette_has_colours(const struct palette *palette);

/* Whether the theme has colours there, too. */
bool palette_shows_colours(const struct palette *palette);

/*
 * The look of a glyph, for letters are more careful with colours than what is drawn
 * (screen/colour.h); valid until the next call.
 */
const struct look *palette_look(struct palette *palette, enum role role, enum role ground,
				uint32_t glyph);

/* Whether a blank looks the same both ways: it shows nothing but its background. */
bool palette_blank_is_same(const struct look *look, const struct look *other);

#endif
