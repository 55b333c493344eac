/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_INSIDE_INSIDE_OPEN_H
#define UI_INSIDE_INSIDE_OPEN_H

/* The ways into what is inside a mapping (ui/inside/inside_pane.h). */

#include <stdint.h>

struct ui;

/*
 * Opens the pane on the mapping, or the part of one, at the address; where there is none, nothing.
 * Where the cursor is in the mapping already, but not at its beginning, what is there is shown.
 */
void inside_open(struct ui *ui, uint64_t address);

/* The same, with the symbol at the address under the cursor once its name is known. */
void inside_open_at(struct ui *ui, uint64_t address);

/* The command: opens it on the mapping under the cursor, or closes it. */
const char *inside_open_why_not(const struct ui *ui);
void inside_open_toggle(struct ui *ui);

#endif
