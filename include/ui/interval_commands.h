/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INTERVAL_COMMANDS_H
#define UI_INTERVAL_COMMANDS_H

/*
 * The commands that change how often a frame is drawn, for the table in ui/command.c: from one
 * round number to the next, 10 ms to a minute. Each returns reactions, or why it can do nothing.
 */

struct ui;

unsigned interval_commands_faster(struct ui *ui);
const char *interval_commands_why_not_faster(const struct ui *ui);
unsigned interval_commands_slower(struct ui *ui);
const char *interval_commands_why_not_slower(const struct ui *ui);

#endif
