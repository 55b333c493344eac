/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

/* Keys from curses, in the numbers of screen/key.h. */

#include <stdbool.h>
#include <stdint.h>

/*
 * The key of what get_wch() gave: a code of curses (special) or a character. Returns false when
 * no key of ours is meant.
 */
bool input_translate(uint32_t input, bool special, uint32_t *ret_key);

/*
 * Reads the next key that is waiting. Sequences of keys that neither curses nor vastop knows are
 * passed over as a whole, so that their bytes are not taken for keys. Returns false when none is
 * waiting. A lone Esc takes as long as curses waits for the rest of a sequence.
 */
bool input_read(uint32_t *ret_key);

#endif
