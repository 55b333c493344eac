/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/input.h"

#include "screen/key.h"
#include "term/curses.h"

enum { SEQUENCE_MAX = 64 }; /* characters; longer is no sequence of a key */

static const struct {
	uint32_t code, key;
} keys[] = {
	{KEY_UP, KEY_ARROW_UP},
	{KEY_DOWN, KEY_ARROW_DOWN},
	{KEY_LEFT, KEY_ARROW_LEFT},
	{KEY_RIGHT, KEY_ARROW_RIGHT},
	{KEY_PPAGE, KEY_PAGE_UP},
	{KEY_NPAGE, KEY_PAGE_DOWN},
	{KEY_HOME, KEY_TO_HOME},
	{KEY_END, KEY_TO_END},
	{KEY_BACKSPACE, KEY_BACK},
	{KEY_DC, KEY_DEL},
	{KEY_IC, KEY_INS},
	{KEY_ENTER, KEY_RETURN},
	/* The numeric keypad, and what older terminals call Home and End. */
	{KEY_A1, KEY_TO_HOME},
	{KEY_A3, KEY_PAGE_UP},
	{KEY_C1, KEY_TO_END},
	{KEY_C3, KEY_PAGE_DOWN},
	{KEY_FIND, KEY_TO_HOME},
	{KEY_SELECT, KEY_TO_END},
};

bool input_translate(uint32_t input, bool special, uint32_t *ret_key)
{
	if (!special) {
		if (input > 0x10ffff)
			return false;
		*ret_key = input == '\n'                    ? KEY_RETURN
			   : input == 0x7f || input == '\b' ? KEY_BACK
							    : input;
		return true;
	}
	if (input > KEY_F0 && input <= KEY_F(12)) {
		*ret_key = KEY_FN + (input - KEY_F(1));
		return true;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].code == input) {
			*ret_key = keys[i].key;
			return true;
		}
	}
	return false;
}

/*
 * After an Esc: takes what is left of a control sequence (ECMA-48: ESC [ parameters final) or of
 * an SS3 one (ESC O character). Returns false, having taken nothing, when none follows at once.
 */
static bool skip_sequence(void)
{
	wint_t input;
	int status = get_wch(&input);

	if (status == ERR)
		return false;
	if (status == KEY_CODE_YES) {
		ungetch((int)input);
		return false;
	}
	if (input != '[' && input != 'O') {
		unget_wch((wchar_t)input);
		return false;
	}
	if (input == 'O') {
		get_wch(&input);
		return true;
	}
	for (int i = 0; i < SEQUENCE_MAX; i++)
		if (get_wch(&input) != OK || input < 0x20 || input > 0x3f)
			break;
	return true;
}

bool input_read(uint32_t *ret_key)
{
	wint_t input;
	int status;

	while ((status = get_wch(&input)) != ERR) {
		bool special = status == KEY_CODE_YES;

		if (!special && input == KEY_ESC && skip_sequence())
			continue;
		if (input_translate(input, special, ret_key))
			return true;
	}
	return false;
}
