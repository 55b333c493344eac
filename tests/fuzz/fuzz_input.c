/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a terminal sends: keys, escape sequences, reports, answers, whole or cut. The first byte
 * chooses the terminal's type. Whatever follows: it is read to its end, an event takes a byte at
 * least, and is a key that has a name or a press of a button; characters that control nothing are
 * the keys that they are.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "screen/key.h"
#include "term/curses.h"
#include "term/input.h"

#define INPUT_MAX ((size_t)4096) /* fits into a pipe */

static const char *const types[] = {"xterm-256color", "linux", "vt100", "screen", "rxvt", "ansi"};

enum { TYPE_COUNT = sizeof(types) / sizeof(types[0]) };

struct terminals {
	int input; /* the descriptor that curses reads */
	FILE *in, *out;
	SCREEN *screens[TYPE_COUNT];
};

/* Never ended: curses keeps what it knows of each until the program ends. */
static struct terminals *open_terminals(void)
{
	static struct terminals terminals;

	if (terminals.in)
		return &terminals;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "en_US.UTF-8");
	terminals.input = open("/dev/null", O_RDWR | O_CLOEXEC);
	terminals.in = fdopen(terminals.input, "r");
	terminals.out = fopen("/dev/null", "we");
	FUZZ_CHECK(terminals.in && terminals.out);
	FUZZ_CHECK(!curses_load());
	for (int i = 0; i < TYPE_COUNT; i++) {
		terminals.screens[i] = newterm(types[i], terminals.out, terminals.in);
		if (!terminals.screens[i])
			continue;
		set_term(terminals.screens[i]);
		cbreak();
		noecho();
		nonl();
		timeout(0);
		keypad(curses_window(), TRUE);
		input_prepare();
	}
	return &terminals;
}

/* Puts the bytes, and the end of them, where curses reads. */
static void send(const struct terminals *terminals, const uint8_t *bytes, size_t length)
{
	int ends[2];

	FUZZ_CHECK(!pipe2(ends, O_CLOEXEC));
	FUZZ_CHECK(write(ends[1], bytes, length) == (ssize_t)length);
	close(ends[1]);
	FUZZ_CHECK(dup2(ends[0], terminals->input) >= 0);
	close(ends[0]);
}

static void check_event(const struct event *event)
{
	char name[KEY_NAME_LENGTH];

	if (event->type == EVENT_MOUSE) {
		FUZZ_CHECK(event->mouse.button <= MOUSE_WHEEL_DOWN);
		FUZZ_CHECK(event->mouse.column >= 0 && event->mouse.line >= 0);
		FUZZ_CHECK(event->mouse.clicks == 1 || event->mouse.clicks == 2);
		return;
	}
	FUZZ_CHECK(event->type == EVENT_KEY && event->key < KEY_NAMED_END);
	FUZZ_CHECK(*key_name(event->key, name));
}

/* The keys of characters; returns false where the bytes are others, or no UTF-8. */
static bool decode(const uint8_t *bytes, size_t length, uint32_t keys[static INPUT_MAX],
		   size_t *ret_count)
{
	size_t count = 0;

	for (size_t i = 0; i < length;) {
		uint32_t character;
		size_t taken = utf8_decode((const char *)bytes + i, length - i, &character);

		/* A terminal's description may have control characters as keys. */
		if (!taken || character < 0x20)
			return false;
		i += taken;
		if (input_translate(character, false, &keys[count]))
			count++;
	}
	*ret_count = count;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static uint32_t keys[INPUT_MAX];
	const struct terminals *terminals = open_terminals();
	struct input input = {0};
	struct event event;
	size_t count = 0, expected;
	bool plain;

	if (length < 2 || length > INPUT_MAX || !terminals->screens[bytes[0] % TYPE_COUNT])
		return 0;
	set_term(terminals->screens[bytes[0] % TYPE_COUNT]);
	bytes++;
	length--;
	plain = MB_CUR_MAX > 1 && decode(bytes, length, keys, &expected);
	send(terminals, bytes, length);
	while (input_read(&input, &event)) {
		check_event(&event);
		FUZZ_CHECK(count < length);
		FUZZ_CHECK(!plain || (count < expected && event.key == keys[count]));
		count++;
	}
	FUZZ_CHECK(!plain || count == expected);
	flushinp();
	return 0;
}
