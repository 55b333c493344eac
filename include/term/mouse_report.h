/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TERM_MOUSE_REPORT_H
#define TERM_MOUSE_REPORT_H

/*
 * What terminals send when a button of the mouse is pressed, in the two encodings that they know
 * (xterm's control sequences, "Mouse Tracking"): SGR, "ESC [ < button ; column ; line M", and the
 * older one, "ESC [ M" and three bytes. Cells there count from 1, here from 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/key.h"

#define MOUSE_REPORT_BYTES 3

/* Asks a terminal for reports of presses and releases, in SGR where it can; and ends them. */
#define MOUSE_REPORT_START "\033[?1000h\033[?1006h"
#define MOUSE_REPORT_END   "\033[?1006l\033[?1000l"

/*
 * The press that the parameters "button;column;line" of an SGR report describe, with clicks 1.
 * Returns false and leaves *ret_mouse untouched when they are none, or describe something that is
 * no event here: a movement, a wheel that goes sideways, a button beyond the third.
 */
bool mouse_report_parse(const char *parameters, size_t length, struct mouse *ret_mouse);

/* The same for the bytes of the older encoding; a release is not an event. */
bool mouse_report_parse_bytes(const unsigned char bytes[static MOUSE_REPORT_BYTES],
			      struct mouse *ret_mouse);

/* Tells second clicks. All zeroes is valid: nothing was pressed yet. */
struct mouse_clicks {
	struct mouse last;
	int64_t time_ns; /* of the last */
};

/*
 * Sets mouse->clicks: 2 when the press before was the first one of the same button on the same
 * cell, at most 400 ms ago; else 1. now_ns is a clock that does not go back.
 */
void mouse_clicks_count(struct mouse_clicks *clicks, struct mouse *mouse, int64_t now_ns);

#endif
