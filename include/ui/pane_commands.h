/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_COMMANDS_H
#define UI_PANE_COMMANDS_H

/*
 * The commands that open and leave panes, for the table in
 * ui/command.c. Each returns reactions; why_not_… is a sentence, or NULL when the command can act.
 */

struct ui;

unsigned pane_commands_inspector(struct ui *ui);
unsigned pane_commands_ledger(struct ui *ui);
unsigned pane_commands_events(struct ui *ui);
unsigned pane_commands_value(struct ui *ui);
unsigned pane_commands_help(struct ui *ui);
unsigned pane_commands_leave(struct ui *ui);

#endif
