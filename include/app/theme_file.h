/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_THEME_FILE_H
#define APP_THEME_FILE_H

/* Where themes come from: the default one is compiled in, the others are files. */

struct theme;

/*
 * Loads a theme: NULL or "default" is the one compiled in; a name with a slash is a file's path;
 * any other name is looked for in $XDG_CONFIG_HOME/vastop/themes, then where vastop's own are
 * installed. Mistakes in it are said on stderr, the rest of it applies. Returns 0, or the exit
 * status after saying that there is no such theme.
 */
int theme_file_load(const char *name, struct theme *ret_theme);

#endif
