/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_VIEW_COMMANDS_H
#define UI_COMMAND_VIEW_COMMANDS_H

/*
 * Commands for ui/command/commands.c: zoom, scale and order of the picture that is shown, of
 * whatever it is; they act only where the main view has a view (ui/pane.h). why_not_… is a
 * sentence, or NULL when the command can act.
 */

struct ui;

const char *view_commands_why_not_larger(const struct ui *ui);
void view_commands_zoom_in(struct ui *ui);
const char *view_commands_why_not_smaller(const struct ui *ui);
void view_commands_zoom_out(struct ui *ui);
void view_commands_zoom_reset(struct ui *ui);
void view_commands_scale(struct ui *ui);
void view_commands_turn_over(struct ui *ui);

#endif
