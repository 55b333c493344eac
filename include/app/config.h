/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

/*
 * The configuration file: options by their long names, a line each, "delay = 0.5". Those of the
 * option table that may stand there. What the command line gave stays as it is.
 */

#include <stddef.h>

struct arena;
struct options;
struct setting_mistake;

/*
 * Applies a file's text (length bytes, any bytes) to options that command_line_read() has read:
 * what was not given and goes with the action. An option that takes no value is "on" or "off"; one
 * that begins with "no-" stands there without that ("mouse = off" for --no-mouse). Values are
 * copied into the arena, which must live as long as the options. A line with a mistake is left out.
 * Stores the first capacity mistakes and returns how many lines had one. *ret_theme_line is the
 * line that names a theme, which may turn out not to be there; 0: none does.
 */
size_t config_parse(struct options *options, struct arena *strings, const char *bytes,
		    size_t length, struct setting_mistake *mistakes, size_t capacity,
		    size_t *ret_theme_line);

#endif
