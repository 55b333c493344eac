/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/mouse_report.h"

#include "base/number.h"

/* The bits of a report's first number. */
enum {
	CODE_BUTTON = 3, /* left, middle, right; 3 is a release in the older encoding */
	CODE_SHIFT = 4,
	CODE_ALT = 8,
	CODE_CTRL = 16,
	CODE_MOTION = 32,
	CODE_WHEEL = 64, /* then the button is 0 for up, 1 for down, 2 and 3 for sideways */
	CODE_END = 128,  /* from here on: buttons that mice rarely have */
};

enum {
	CELL_MAX = 65535,
	BYTE_OFFSET = 32, /* added to each number of the older encoding */
};

#define DOUBLE_CLICK_NS INT64_C(400000000)

/* The cell counts from 1. */
static bool make_press(uint64_t code, uint64_t column, uint64_t line, struct mouse *ret_mouse)
{
	unsigned button = (unsigned)code & CODE_BUTTON;
	bool wheel = code & CODE_WHEEL;

	if (code >= CODE_END || code & CODE_MOTION || column == 0 || line == 0 ||
	    button >= (wheel ? 2 : 3))
		return false;
	*ret_mouse = (struct mouse){
		.button = (enum mouse_button)(wheel ? MOUSE_WHEEL_UP + button : button),
		.modifiers = (code & CODE_SHIFT ? MOUSE_SHIFT : 0) |
			     (code & CODE_ALT ? MOUSE_ALT : 0) |
			     (code & CODE_CTRL ? MOUSE_CTRL : 0),
		.column = (int)column - 1,
		.line = (int)line - 1,
		.clicks = 1,
	};
	return true;
}

bool mouse_report_parse(const char *parameters, size_t length, struct mouse *ret_mouse)
{
	const char *cursor = parameters, *end = parameters + length;
	uint64_t numbers[3];

	for (int i = 0; i < 3; i++) {
		if (i && (cursor == end || *cursor++ != ';'))
			return false;
		if (number_scan(&cursor, end, 10, &numbers[i]) < 0)
			return false;
	}
	if (cursor != end || numbers[1] > CELL_MAX || numbers[2] > CELL_MAX)
		return false;
	return make_press(numbers[0], numbers[1], numbers[2], ret_mouse);
}

bool mouse_report_parse_bytes(const unsigned char bytes[static MOUSE_REPORT_BYTES],
			      struct mouse *ret_mouse)
{
	for (int i = 0; i < MOUSE_REPORT_BYTES; i++)
		if (bytes[i] < BYTE_OFFSET)
			return false;
	return make_press(bytes[0] - BYTE_OFFSET, bytes[1] - BYTE_OFFSET, bytes[2] - BYTE_OFFSET,
			  ret_mouse);
}

void mouse_clicks_count(struct mouse_clicks *clicks, struct mouse *mouse, int64_t now_ns)
{
	const struct mouse *last = &clicks->last;
	bool wheel = mouse->button == MOUSE_WHEEL_UP || mouse->button == MOUSE_WHEEL_DOWN;
	bool again = !wheel && last->clicks == 1 && last->button == mouse->button &&
		     last->modifiers == mouse->modifiers && last->column == mouse->column &&
		     last->line == mouse->line && now_ns - clicks->time_ns <= DOUBLE_CLICK_NS;

	mouse->clicks = again ? 2 : 1;
	*clicks = (struct mouse_clicks){.last = *mouse, .time_ns = now_ns};
}
