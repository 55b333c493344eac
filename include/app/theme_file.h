/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_THEME_FILE_H
#define APP_THEME_FILE_H

/*
 * Where themes come from: the default one is compiled in, the others are files. NULL or "default"
 * is the one compiled in; a name with a slash is a file's path; any other name is looked for in
 * $XDG_CONFIG_HOME/vastop/themes, then where vastop's own are installed.
 */

#include <stddef.h>

struct setting_mistake;
struct text;
struct theme;

/*
 * Loads a theme. Mistakes in it are reported on stderr; the rest of it applies. Returns 0, or the
 * exit status after saying that there is no such theme; where, "" or "FILE:LINE: ", is put before
 * that: what names it.
 */
int theme_file_load(const char *name, const char *where, struct theme *ret_theme);

/*
 * The same without messages: stores the first capacity mistakes, and sets *ret_count to how many
 * lines had one. Returns 0 or -errno.
 */
int theme_file_read(const char *name, struct theme *ret_theme, struct setting_mistake *mistakes,
		    size_t capacity, size_t *ret_count);

/*
 * Appends the description of a theme: its first line, if that is a comment, escaped and without the
 * "#". Nothing where the theme cannot be read.
 */
void theme_file_append_about(const char *name, struct text *text);

#endif
