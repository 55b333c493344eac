/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/key.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/utf8.h"

/* The first name of a key is the one that is shown; the others are understood as well. */
static const struct {
	uint32_t key;
	const char *name;
} names[] = {
	{KEY_TAB, "Tab"},           {KEY_RETURN, "Enter"},     {KEY_RETURN, "Return"},
	{KEY_ESC, "Esc"},           {KEY_ESC, "Escape"},       {KEY_SPACE, "Space"},
	{KEY_ARROW_UP, "Up"},       {KEY_ARROW_DOWN, "Down"},  {KEY_ARROW_LEFT, "Left"},
	{KEY_ARROW_RIGHT, "Right"}, {KEY_PAGE_UP, "PgUp"},     {KEY_PAGE_UP, "PageUp"},
	{KEY_PAGE_DOWN, "PgDn"},    {KEY_PAGE_DOWN, "PgDown"}, {KEY_PAGE_DOWN, "PageDown"},
	{KEY_TO_HOME, "Home"},      {KEY_TO_END, "End"},       {KEY_BACK, "Backspace"},
	{KEY_DEL, "Delete"},        {KEY_DEL, "Del"},          {KEY_INS, "Insert"},
	{KEY_INS, "Ins"},
};

enum {
	NAME_COUNT = sizeof(names) / sizeof(names[0]),
	CONTROL_END = 0x20, /* control characters are those below, and DELETE */
	DELETE = 0x7f,
	FUNCTION_KEYS = 12,
	CODEPOINT_MAX = 0x10ffff,
};

static int is_surrogate(uint64_t codepoint)
{
	return codepoint >= 0xd800 && codepoint <= 0xdfff;
}

const char *key_name(uint32_t key, char out[static KEY_NAME_LENGTH])
{
	for (size_t i = 0; i < NAME_COUNT; i++)
		if (names[i].key == key)
			return strcpy(out, names[i].name);
	if (key >= KEY_FN && key < KEY_NAMED_END)
		snprintf(out, KEY_NAME_LENGTH, "F%u", key - KEY_FN + 1);
	else if (key < CONTROL_END || key == DELETE)
		snprintf(out, KEY_NAME_LENGTH, "Ctrl-%c", (int)(key ^ 0x40));
	else if (key <= CODEPOINT_MAX && !is_surrogate(key) && utf8_width(key) > 0)
		out[utf8_encode(key, out)] = '\0';
	else
		snprintf(out, KEY_NAME_LENGTH, "U+%04X", key);
	return out;
}

static int parse_function(const char *digits, size_t length, uint32_t *ret_key)
{
	uint64_t number;

	if (number_parse(digits, length, FUNCTION_KEYS, &number) < 0 || number == 0)
		return -EINVAL;
	*ret_key = KEY_FN + (uint32_t)number - 1;
	return 0;
}

/* "Ctrl-X": letters in either case, and the signs that make the other control characters. */
static int parse_control(char sign, uint32_t *ret_key)
{
	if (sign >= 'a' && sign <= 'z')
		sign = (char)(sign - 'a' + 'A');
	if (sign != '?' && (sign < '@' || sign > '_'))
		return -EINVAL;
	*ret_key = (uint32_t)sign ^ 0x40;
	return 0;
}

static int parse_codepoint(const char *digits, size_t length, uint32_t *ret_key)
{
	const char *cursor = digits, *end = digits + length;
	uint64_t number;

	if (number_scan(&cursor, end, 16, &number) < 0 || cursor != end || number > CODEPOINT_MAX ||
	    is_surrogate(number))
		return -EINVAL;
	*ret_key = (uint32_t)number;
	return 0;
}

int key_parse(const char *name, size_t length, uint32_t *ret_key)
{
	uint32_t codepoint;

	if (length == 0)
		return -EINVAL;
	if (utf8_decode(name, length, &codepoint) == length) {
		*ret_key = codepoint;
		return 0;
	}
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (strlen(names[i].name) == length &&
		    strncasecmp(names[i].name, name, length) == 0) {
			*ret_key = names[i].key;
			return 0;
		}
	}
	if (length == 6 && strncasecmp(name, "Ctrl-", 5) == 0)
		return parse_control(name[5], ret_key);
	if (name[0] == 'F' || name[0] == 'f')
		return parse_function(name + 1, length - 1, ret_key);
	if (length > 2 && memcmp(name, "U+", 2) == 0)
		return parse_codepoint(name + 2, length - 2, ret_key);
	return -EINVAL;
}
