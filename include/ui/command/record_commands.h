/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_RECORD_COMMANDS_H
#define UI_COMMAND_RECORD_COMMANDS_H

/* Recording what is watched: begin or end, and notes. Each why_not: a sentence, or NULL. */

struct ui;

const char *record_commands_why_not(const struct ui *ui);
void record_commands_toggle(struct ui *ui);
const char *record_commands_why_no_note(const struct ui *ui);
void record_commands_note(struct ui *ui);

#endif
