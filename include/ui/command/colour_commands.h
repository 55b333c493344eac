/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_COLOUR_COMMANDS_H
#define UI_COMMAND_COLOUR_COMMANDS_H

/* The commands that change what colours stand for. */

struct ui;

void colour_commands_next(struct ui *ui);
void colour_commands_previous(struct ui *ui);

#endif
