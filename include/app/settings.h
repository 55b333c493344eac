/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

/*
 * What the user has set up for vastop: the files config and keys of the configuration folder.
 * Mistakes in them are reported on stderr; the rest applies.
 */

#include <stddef.h>

#include "base/arena.h"
#include "ui/command/keymap.h"

struct options;
struct theme;
struct ui;

struct settings {
	struct arena strings; /* values that the options point to */
	struct keymap keymap;
	size_t mistakes;   /* lines, or whole files, that do not apply */
	size_t theme_line; /* of the file config, which names the theme; 0: it does not */
};

/*
 * Reads the files that matter for the action and completes the options by them; options->settings
 * becomes the settings, which must live as long.
 */
void settings_load(struct settings *settings, struct options *options);
void settings_finish(struct settings *settings);

/*
 * Loads the theme of the options. One that the command line names must be there; in place of one
 * that only the file names comes the default one. Returns 0, or the exit status after a message.
 */
int settings_load_theme(const struct options *options, struct theme *ret_theme);

/* Where there were mistakes, has the screen say so in its last line. */
void settings_tell(const struct settings *settings, struct ui *ui);

#endif
