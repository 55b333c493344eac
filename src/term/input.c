/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "term/input.h"

#include <time.h>
#include <wchar.h>

#include "term/curses.h"

enum {
	SEQUENCE_MAX = 64,   /* characters; longer is no sequence of a key */
	STRING_MAX = 4096,   /* characters; no terminal answers with more */
	SEQUENCE_DELAY = 50, /* milliseconds: its bytes may come in several packets */
};

/* What became of the characters after an Esc. */
enum sequence {
	SEQUENCE_NONE,  /* they are none; nothing was taken */
	SEQUENCE_TAKEN, /* passed over */
	SEQUENCE_MOUSE, /* a press */
};

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
 * What terminals send that are not quite what TERM says: PuTTY, tmux and screen as "xterm", the
 * Linux console as "vt100". From xterm's control sequences ("PC-Style Function Keys", "VT220-Style
 * Function Keys") and console_codes(4).
 */
static const struct {
	const char *sequence;
	int code;
} others[] = {
	{"\033[A", KEY_UP},      {"\033OA", KEY_UP},      {"\033[B", KEY_DOWN},
	{"\033OB", KEY_DOWN},    {"\033[C", KEY_RIGHT},   {"\033OC", KEY_RIGHT},
	{"\033[D", KEY_LEFT},    {"\033OD", KEY_LEFT},    {"\033[H", KEY_HOME},
	{"\033OH", KEY_HOME},    {"\033[1~", KEY_HOME},   {"\033[7~", KEY_HOME},
	{"\033[F", KEY_END},     {"\033OF", KEY_END},     {"\033[4~", KEY_END},
	{"\033[8~", KEY_END},    {"\033[2~", KEY_IC},     {"\033[3~", KEY_DC},
	{"\033[5~", KEY_PPAGE},  {"\033[6~", KEY_NPAGE},  {"\033OP", KEY_F(1)},
	{"\033OQ", KEY_F(2)},    {"\033OR", KEY_F(3)},    {"\033OS", KEY_F(4)},
	{"\033[[A", KEY_F(1)},   {"\033[[B", KEY_F(2)},   {"\033[[C", KEY_F(3)},
	{"\033[[D", KEY_F(4)},   {"\033[[E", KEY_F(5)},   {"\033[11~", KEY_F(1)},
	{"\033[12~", KEY_F(2)},  {"\033[13~", KEY_F(3)},  {"\033[14~", KEY_F(4)},
	{"\033[15~", KEY_F(5)},  {"\033[17~", KEY_F(6)},  {"\033[18~", KEY_F(7)},
	{"\033[19~", KEY_F(8)},  {"\033[20~", KEY_F(9)},  {"\033[21~", KEY_F(10)},
	{"\033[23~", KEY_F(11)}, {"\033[24~", KEY_F(12)},
};

bool input_has_mouse(void)
{
	return curses()->tigetstr("kmous") != NULL;
}

void input_prepare(void)
{
	curses()->keyok(KEY_MOUSE, FALSE);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (curses()->key_defined(others[i].sequence) == 0)
			curses()->define_key(others[i].sequence, others[i].code);
}

/* After "ESC [ M". As bytes, not as characters: cells beyond column 95 would be half of one. */
static enum sequence read_mouse_bytes(struct mouse *ret_mouse)
{
	unsigned char bytes[MOUSE_REPORT_BYTES];

	for (int i = 0; i < MOUSE_REPORT_BYTES; i++) {
		int byte = curses()->getch();

		if (byte == ERR || byte > UINT8_MAX)
			return SEQUENCE_TAKEN;
		bytes[i] = (unsigned char)byte;
	}
	return mouse_report_parse_bytes(bytes, ret_mouse) ? SEQUENCE_MOUSE : SEQUENCE_TAKEN;
}

/* After "ESC [": a control sequence (ECMA-48) is parameters and a final character. */
static enum sequence read_control_sequence(struct mouse *ret_mouse)
{
	char parameters[SEQUENCE_MAX];
	size_t length = 0;
	wint_t input = 0;

	for (int taken = 0; taken < STRING_MAX; taken++) {
		if (curses()->get_wch(&input) != OK)
			return SEQUENCE_TAKEN;
		if (input < 0x20 || input > 0x3f)
			break;
		if (length < SEQUENCE_MAX)
			parameters[length++] = (char)input;
	}
	if (input != 'M')
		return SEQUENCE_TAKEN;
	if (length == 0)
		return read_mouse_bytes(ret_mouse);
	if (parameters[0] != '<' || !mouse_report_parse(parameters + 1, length - 1, ret_mouse))
		return SEQUENCE_TAKEN;
	return SEQUENCE_MOUSE;
}

/*
 * What terminals answer with strings, to questions that another program left behind: by what
 * introduces them, and what the answers that there are begin with (xterm's control sequences,
 * kitty's graphics). Anything else behind these is a key that was typed with Alt.
 */
static const struct {
	wint_t introducer;
	const wchar_t *begin;
} strings[] = {
	{']', L"0123456789lL"},    /* OSC */
	{'P', L"0123456789<=>?!"}, /* DCS */
	{'_', L"G"},               /* APC */
};

static const wchar_t *string_begin(wint_t introducer)
{
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		if (strings[i].introducer == introducer)
			return strings[i].begin;
	return NULL;
}

/* Gives back what get_wch() gave. */
static void give_back(int status, wint_t input)
{
	if (status == KEY_CODE_YES)
		curses()->ungetch((int)input);
	else if (status == OK)
		curses()->unget_wch((wchar_t)input);
}

/* Takes the rest of a string: up to BEL, to ST (ESC \), or to any other Esc, which ends it, too. */
static void skip_string(void)
{
	wint_t input, next;

	for (int taken = 0; taken < STRING_MAX; taken++) {
		int status = curses()->get_wch(&input);

		if (status == KEY_CODE_YES)
			curses()->ungetch((int)input);
		if (status != OK || input == '\a')
			return;
		if (input != KEY_ESC)
			continue;
		status = curses()->get_wch(&next);
		if (status != OK || next != '\\') {
			give_back(status, next);
			curses()->unget_wch(KEY_ESC);
		}
		return;
	}
}

/* After the introducer, and an Esc before it. */
static enum sequence read_string(wint_t introducer)
{
	wint_t first;
	int status = curses()->get_wch(&first);

	if (status == OK && first && wcschr(string_begin(introducer), (wchar_t)first)) {
		skip_string();
		return SEQUENCE_TAKEN;
	}
	give_back(status, first);
	curses()->unget_wch((wchar_t)introducer);
	return SEQUENCE_NONE;
}

/*
 * After an Esc: takes what is left of a control sequence, of an SS3 one (ESC O character) or of a
 * string, when one follows at once.
 */
static enum sequence read_sequence(struct mouse *ret_mouse)
{
	enum sequence sequence = SEQUENCE_TAKEN;
	wint_t input;
	int status = curses()->get_wch(&input);

	if (status != OK || (input != '[' && input != 'O' && !string_begin(input))) {
		give_back(status, input);
		return SEQUENCE_NONE;
	}
	curses()->timeout(SEQUENCE_DELAY);
	if (input == 'O')
		curses()->get_wch(&input);
	else if (input != '[')
		sequence = read_string(input);
	else
		sequence = read_control_sequence(ret_mouse);
	curses()->timeout(0);
	return sequence;
}

/* Not base's business, which knows no clock. */
static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool input_read(struct input *input, struct event *ret_event)
{
	struct event event = {.type = EVENT_KEY};
	wint_t character;
	int status;

	while ((status = curses()->get_wch(&character)) != ERR) {
		bool special = status == KEY_CODE_YES;
		enum sequence sequence = SEQUENCE_NONE;

		if (!special && character == KEY_ESC)
			sequence = read_sequence(&event.mouse);
		if (sequence == SEQUENCE_TAKEN)
			continue;
		if (sequence == SEQUENCE_MOUSE) {
			event.type = EVENT_MOUSE;
			mouse_clicks_count(&input->clicks, &event.mouse, now_ns());
		} else if (!input_translate(character, special, &event.key)) {
			continue;
		}
		*ret_event = event;
		return true;
	}
	return false;
}
