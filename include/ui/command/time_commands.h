/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_TIME_COMMANDS_H
#define UI_COMMAND_TIME_COMMANDS_H

/*
 * The commands about time: pause, the past, the mark, for the table in ui/command/commands.c.
 * why_not_… is a sentence, or NULL when the command can act.
 */

#include <stdbool.h>
#include <stdint.h>

struct found_moment;
struct ui;

void time_commands_pause(struct ui *ui);
const char *time_commands_why_not_back(const struct ui *ui);
void time_commands_back(struct ui *ui);
const char *time_commands_why_not_forward(const struct ui *ui);
void time_commands_forward(struct ui *ui);
const char *time_commands_why_not_live(const struct ui *ui);
void time_commands_live(struct ui *ui);
void time_commands_mark(struct ui *ui);

/*
 * Whether a moment of the history is to be found, by the loop (ui_host.finds_moments): the one that
 * is awaited, or one that probably will be.
 */
bool time_commands_want(const struct ui *ui, uint64_t *ret_number);

/* Takes over the moment that was found, and shows it if it is awaited; without a space: none was.
 */
void time_commands_take(struct ui *ui, struct found_moment *found);

#endif
