/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_GO_TO_H
#define UI_GO_TO_H

/* Going to an address: the line in which it is typed, and the pane with the answer. */

#include <stdint.h>

struct file_facts;
struct ui;
struct vma;

/* The command: asks for an address expression; the cursor goes there, and the pane opens. */
unsigned go_to_ask(struct ui *ui);

/* Closes the pane; what was there before is back. Returns reactions. */
unsigned go_to_close(struct ui *ui);

/* Makes the pane's wish for lines anew, for a screen of so many columns. */
void go_to_measure(struct ui *ui, int columns);

/*
 * The mapping whose file the answer is about and that has to be looked at: of the newest snapshot;
 * NULL when there is none.
 */
const struct vma *go_to_wanted(const struct ui *ui);

/* Takes over what was found of the file with that number. Returns reactions. */
unsigned go_to_take_file(struct ui *ui, uint64_t inode, uint32_t dev_major, uint32_t dev_minor,
			 const struct file_facts *facts);

#endif
