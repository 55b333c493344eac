/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_KEY_H
#define SCREEN_KEY_H

/*
 * What the person did. A key is a Unicode code point (control characters included: Ctrl-L is 12)
 * or one of the named ones above all code points.
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
	EVENT_RESIZE,
	EVENT_CLOSED, /* the terminal is gone */
};

struct event {
	enum event_type type;
	uint32_t key; /* of EVENT_KEY */
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
