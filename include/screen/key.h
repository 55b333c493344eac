/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_KEY_H
#define SCREEN_KEY_H

/*
 * What the person did. A key is a Unicode code point (control characters included: Ctrl-L is 12)
 * or one of the named ones above all code points. Of the mouse, presses of buttons and steps of
 * the wheel are events; movements and releases are none.
 */

#include <stddef.h>
#include <stdint.h>

enum key {
	KEY_TAB = 9,
	KEY_RETURN = 13,
	KEY_ESC = 27,
	KEY_SPACE = 32,
	KEY_NAMED = 0x110000, /* first of those without a code point */
	KEY_ARROW_UP = KEY_NAMED,
	KEY_ARROW_DOWN,
	KEY_ARROW_LEFT,
	KEY_ARROW_RIGHT,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_TO_HOME,
	KEY_TO_END,
	KEY_BACK, /* Backspace, however the terminal sends it */
	KEY_DEL,
	KEY_INS,
	KEY_FN, /* F1; F2 is KEY_FN + 1, up to F12 */
	KEY_NAMED_END = KEY_FN + 12,
};

enum event_type {
	EVENT_NONE,
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_RESIZE,
	EVENT_CLOSED, /* the terminal is gone */
};

enum mouse_button {
	MOUSE_LEFT,
	MOUSE_MIDDLE,
	MOUSE_RIGHT,
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN,
};

/* Keys that were held; bits. */
enum mouse_modifier {
	MOUSE_SHIFT = 1,
	MOUSE_ALT = 2,
	MOUSE_CTRL = 4,
};

struct mouse {
	enum mouse_button button;
	unsigned modifiers;
	int column, line; /* the cell, from 0 at the top left */
	/*
	 * 1; 2 when the same button was pressed on the same cell a moment ago. What a double click
	 * does comes after what the single click did. Steps of the wheel are always 1.
	 */
	int clicks;
};

struct event {
	enum event_type type;
	uint32_t key;       /* of EVENT_KEY */
	struct mouse mouse; /* of EVENT_MOUSE */
};

#define KEY_NAME_LENGTH 16

/*
 * The key's name as help, footer and key files write it: "a", "Up", "PgDn", "Enter", "Space",
 * "F1", "Ctrl-L".
 */
const char *key_name(uint32_t key, char out[static KEY_NAME_LENGTH]);

/* The key of that name. Returns 0 and sets *ret_key; -EINVAL when there is none. */
int key_parse(const char *name, size_t length, uint32_t *ret_key);

#endif
