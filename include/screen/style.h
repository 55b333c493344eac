/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_STYLE_H
#define SCREEN_STYLE_H

/* How a cell looks: two colours and attributes, whatever a terminal makes of them. */

#include <stdbool.h>
#include <stdint.h>

enum {
	STYLE_BOLD = 1,
	STYLE_DIM = 2,
	STYLE_ITALIC = 4,
	STYLE_UNDERLINE = 8,
	STYLE_REVERSE = 16,
};

enum colour_type { COLOUR_DEFAULT, COLOUR_ANSI, COLOUR_RGB };

struct colour {
	uint8_t type; /* enum colour_type */
	uint8_t ansi; /* 0 to 15 */
	uint8_t red, green, blue;
};

struct style {
	struct colour foreground, background;
	struct colour few;  /* the foreground where there are 8 or 16 colours, */
	bool has_few;       /* if there is one for that */
	uint8_t attributes; /* STYLE_… */
};

#endif
