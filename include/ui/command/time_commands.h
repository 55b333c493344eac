/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_TIME_COMMANDS_H
#define UI_COMMAND_TIME_COMMANDS_H

/*
 * The commands about time: pause, the past, the mark, for the table in ui/command/commands.c.
 * why_not_… is a sentence, or NULL when the command can act.
 */

struct ui;

void time_commands_pause(struct ui *ui);
const char *time_commands_why_not_back(const struct ui *ui);
void time_commands_back(struct ui *ui);
const char *time_commands_why_not_forward(const struct ui *ui);
void time_commands_forward(struct ui *ui);
const char *time_commands_why_not_live(const struct ui *ui);
void time_commands_live(struct ui *ui);
void time_commands_mark(struct ui *ui);

#endif
