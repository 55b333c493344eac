/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_THEME_H
#define APP_WATCH_THEME_H

/* The theme of the screen, and the next one at a key. */

#include "base/text.h"

struct terminal;
struct ui;

struct watch_theme {
	struct text name;   /* of the theme shown, as theme_file_load() takes it */
	struct text answer; /* what the screen says of it */
};

/* Starts with the theme that is shown; NULL is the default one. */
void watch_theme_start(struct watch_theme *theme, const char *name);
void watch_theme_finish(struct watch_theme *theme);

/*
 * Goes to the next of all themes that can be read and says which; its first mistake, if any, is
 * reported. The folders are read again.
 */
void watch_theme_next(struct watch_theme *theme, struct terminal *terminal, struct ui *ui);

#endif
