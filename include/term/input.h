/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

/* Keys and presses of the mouse from curses, as events of screen/key.h. */

#include <stdbool.h>
#include <stdint.h>

#include "screen/key.h"
#include "term/mouse_report.h"

/* What is remembered from one event to the next. All zeroes is valid. */
struct input {
	struct mouse_clicks clicks;
};

/*
 * The key of what get_wch() gave: a code of curses (special) or a character. Returns false when
 * no key of ours is meant.
 */
bool input_translate(uint32_t input, bool special, uint32_t *ret_key);

/* Whether the terminal has a mouse. */
bool input_has_mouse(void);

/*
 * Tells curses the sequences of keys that terminals send beside those that their descriptions have,
 * and leaves the mouse's reports to input_read(): curses would take the start of one for a key, and
 * knows one of the two encodings only, whichever the terminal's description has. To be called once,
 * when curses knows its keys: after keypad().
 */
void input_prepare(void);

/*
 * Reads the next event that is waiting. Sequences that neither curses nor vastop knows are passed
 * over as a whole, so that their bytes are not taken for keys. Returns false when none is waiting.
 * A lone Esc takes as long as curses waits for the rest of a sequence; one that has begun is
 * waited for longer.
 */
bool input_read(struct input *input, struct event *ret_event);

#endif
