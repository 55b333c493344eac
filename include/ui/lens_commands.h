/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LENS_COMMANDS_H
#define UI_LENS_COMMANDS_H

/* The commands that change what colours stand for. */

struct ui;

void lens_commands_next(struct ui *ui);
void lens_commands_previous(struct ui *ui);

#endif
