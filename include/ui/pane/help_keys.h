/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HELP_KEYS_H
#define UI_PANE_HELP_KEYS_H

/* The keys on the help screen: the table of commands by its sections, beside each other as far as
 * there is room. */

struct help_sheet;
struct keymap;

/* Writes the commands of the keymap with their keys. */
void help_keys_write(struct help_sheet *sheet, const struct keymap *keymap);

#endif
