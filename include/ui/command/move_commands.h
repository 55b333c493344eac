/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_MOVE_COMMANDS_H
#define UI_COMMAND_MOVE_COMMANDS_H

/*
 * The commands that move, go in and out and leave, each in the pane that has the focus, for the
 * table in ui/command/commands.c. why_not_… is a sentence, or NULL when the command can act.
 */

struct ui;

void move_commands_up(struct ui *ui);
void move_commands_down(struct ui *ui);
void move_commands_half_page_up(struct ui *ui);
void move_commands_half_page_down(struct ui *ui);
void move_commands_page_up(struct ui *ui);
void move_commands_page_down(struct ui *ui);
void move_commands_top(struct ui *ui);
void move_commands_bottom(struct ui *ui);

const char *move_commands_why_not_in(const struct ui *ui);
void move_commands_in(struct ui *ui);
const char *move_commands_why_not_out(const struct ui *ui);
void move_commands_out(struct ui *ui);

/* The next column of the table; in the picture the same as in and out. */
const char *move_commands_why_not_right(const struct ui *ui);
void move_commands_right(struct ui *ui);
const char *move_commands_why_not_left(const struct ui *ui);
void move_commands_left(struct ui *ui);

/*
 * Leaves the innermost thing: what lies over the main view, the search, the filter, a pane at the
 * bottom, the table, the past, the zoom, the window.
 */
void move_commands_leave(struct ui *ui);

/*
 * Leaves the pane that has the focus or was opened last, as q does in less and htop; where there is
 * none but what is there from the start, quits.
 */
void move_commands_close(struct ui *ui);

/* Gives the focus to the next pane on the screen. */
const char *move_commands_why_no_next_pane(const struct ui *ui);
void move_commands_next_pane(struct ui *ui);

#endif
