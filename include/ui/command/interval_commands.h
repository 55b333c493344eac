/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_INTERVAL_COMMANDS_H
#define UI_COMMAND_INTERVAL_COMMANDS_H

/*
 * The commands that change how often a frame is drawn, for the table in ui/command/commands.c: from
 * one round number to the next, 10 ms to a minute. why_not_… is a sentence, or NULL when the
 * command can act.
 */

struct ui;

void interval_commands_faster(struct ui *ui);
const char *interval_commands_why_not_faster(const struct ui *ui);
void interval_commands_slower(struct ui *ui);
const char *interval_commands_why_not_slower(const struct ui *ui);

#endif
