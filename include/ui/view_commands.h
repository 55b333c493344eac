/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_VIEW_COMMANDS_H
#define UI_VIEW_COMMANDS_H

/*
 * The commands that move in the picture and change how it is laid out, for the table in
 * ui/command.c. Each returns reactions; why_not_… is a sentence, or NULL when the command can act.
 */

struct ui;

unsigned view_commands_up(struct ui *ui);
unsigned view_commands_down(struct ui *ui);
unsigned view_commands_page_up(struct ui *ui);
unsigned view_commands_page_down(struct ui *ui);
unsigned view_commands_top(struct ui *ui);
unsigned view_commands_bottom(struct ui *ui);
const char *view_commands_why_not_in(const struct ui *ui);
unsigned view_commands_in(struct ui *ui);

/* Goes into the band under the cursor, whatever has the focus; says why it cannot. */
unsigned view_commands_enter(struct ui *ui);

const char *view_commands_why_not_out(const struct ui *ui);
unsigned view_commands_out(struct ui *ui);
const char *view_commands_why_not_larger(const struct ui *ui);
unsigned view_commands_zoom_in(struct ui *ui);
const char *view_commands_why_not_smaller(const struct ui *ui);
unsigned view_commands_zoom_out(struct ui *ui);
unsigned view_commands_zoom_reset(struct ui *ui);
unsigned view_commands_scale(struct ui *ui);
unsigned view_commands_turn_over(struct ui *ui);

#endif
