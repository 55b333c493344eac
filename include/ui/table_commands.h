/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TABLE_COMMANDS_H
#define UI_TABLE_COMMANDS_H

/*
 * The commands of the table, and what those of the picture do in it, for the table in
 * ui/command.c. Each returns reactions; why_not_… is a sentence, or NULL when the command can act.
 */

#include <stdint.h>

struct ui;

/* The picture or the table, in one place; the cursor stays. */
unsigned table_commands_switch(struct ui *ui);

/* Moves the cursor by so many rows. */
unsigned table_commands_move(struct ui *ui, int64_t rows);

/* Scrolls by so many rows. */
unsigned table_commands_scroll(struct ui *ui, int64_t rows);

/* Enter: unfolds or folds an object, shows a mapping in the picture. Backspace: the way back. */
const char *table_commands_why_not_in(const struct ui *ui);
unsigned table_commands_in(struct ui *ui);
unsigned table_commands_out(struct ui *ui);

/* The column beside the chosen one; in the picture, as Enter and Backspace. */
const char *table_commands_why_not_left(const struct ui *ui);
unsigned table_commands_left(struct ui *ui);
const char *table_commands_why_not_right(const struct ui *ui);
unsigned table_commands_right(struct ui *ui);

/* These act only while the table is shown. */
unsigned table_commands_sort(struct ui *ui);
const char *table_commands_why_not_hide(const struct ui *ui);
unsigned table_commands_hide(struct ui *ui);
const char *table_commands_why_not_show(const struct ui *ui);
unsigned table_commands_show(struct ui *ui);

#endif
