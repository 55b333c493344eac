/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_COMMANDS_H
#define UI_COMMAND_COMMANDS_H

/* The table of all commands, and with it of all panes: a row each. */

#include <stddef.h>

#include "ui/command/command.h"

struct keymap;

/* The table; *ret_count rows. */
const struct command *commands_table(size_t *ret_count);

/* Starts a keymap with the keys of the table. */
void commands_init_keymap(struct keymap *keymap);

#endif
