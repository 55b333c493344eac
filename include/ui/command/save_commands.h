/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_SAVE_COMMANDS_H
#define UI_COMMAND_SAVE_COMMANDS_H

/* The command that has what the screen shows saved in a file, for the table of commands. */

struct ui;

/* Asks for the form of the file, and wants it saved (UI_SAVE). */
void save_commands_save(struct ui *ui);

#endif
