/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SHOW_H
#define UI_SHOW_H

/* Brings an address before the reader's eyes: whoever goes somewhere goes there by this. */

#include <stdint.h>

struct ui;

/*
 * Moves the cursor to the address, out of windows that do not hold it, and zooms in as far as is
 * needed for what lies there to be a band of its own (no further, and never out). Lays out; needs
 * a diagram. Returns reactions. O(n log zoom).
 */
unsigned show_address(struct ui *ui, uint64_t address);

#endif
