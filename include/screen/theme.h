/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_THEME_H
#define SCREEN_THEME_H

/*
 * A theme gives every role a foreground, a background and attributes. Its text has a line a role:
 *
 *     # a comment
 *     kind-heap = #e5c07b default bold
 *
 * role = FOREGROUND [BACKGROUND] [ATTRIBUTE…]. A colour is default, one of the eight ANSI names
 * (black red green yellow blue magenta cyan white) or those with bright- before them, or #rrggbb.
 * Attributes are bold, dim, italic, underline, reverse. A role that is not named looks as
 * "default" does. The syntax of lines is that of screen/setting.h.
 *
 * A cell has a role and a ground, theme_cell_style() makes one style of them:
 * - its background is the ground's; on ROLE_DEFAULT, the role's own;
 * - its foreground is the role's; where that is default on another ground, the ground's, so that
 *   plain text stays legible there whatever colours the terminal has;
 * - it has the attributes of both;
 * - what is quiet (muted, label, address, key-help, ghost, kind-gap) is not dim on another ground,
 *   and has the ground's foreground where its own is hard to read there;
 * - what is then still default is as the role "default" says, or else the terminal's own.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/role.h"
#include "screen/setting.h"
#include "screen/style.h"

struct theme {
	struct style styles[ROLE_COUNT];
};

/*
 * Reads a theme's text (length bytes, any bytes). A line with a mistake is left out, the rest
 * applies; a second line for a role is a mistake. Stores the first capacity mistakes and returns
 * how many lines had one.
 */
size_t theme_parse(const char *bytes, size_t length, struct theme *ret_theme,
		   struct setting_mistake *mistakes, size_t capacity);

/* Whether kinds differ in colour; else only in attributes. */
bool theme_has_colours(const struct theme *theme);

/* How a cell of that role on that ground looks. */
struct style theme_cell_style(const struct theme *theme, enum role role, enum role ground);

/* The same of a letter: on another ground those of kinds are made legible, too, unlike their bars.
 */
struct style theme_letter_style(const struct theme *theme, enum role role, enum role ground);

/* The text of themes/default.theme, compiled in. */
extern const char theme_default_text[];
extern const size_t theme_default_length;

#endif
