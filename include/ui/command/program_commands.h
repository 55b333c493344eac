/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_PROGRAM_COMMANDS_H
#define UI_COMMAND_PROGRAM_COMMANDS_H

/*
 * The commands about the program, its colours and its terminal, for the table in
 * ui/command/commands.c. why_no_… is a sentence, or NULL when the command can act.
 */

struct ui;

/* Have colours stand for the next thing, or the one before, in a circle. */
void program_commands_next_colours(struct ui *ui);
void program_commands_previous_colours(struct ui *ui);

void program_commands_theme(struct ui *ui);
const char *program_commands_why_no_mouse(const struct ui *ui);
void program_commands_mouse(struct ui *ui);
const char *program_commands_why_no_processes(const struct ui *ui);
const char *program_commands_why_no_refresh(const struct ui *ui);
void program_commands_refresh(struct ui *ui);
void program_commands_quit(struct ui *ui);

#endif
