/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SHOWN_TERMINAL_H
#define TESTS_UNIT_SHOWN_TERMINAL_H

/* A terminal of term/terminal.h on the test's own (support/own_terminal.h), 40 by 10 cells. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "screen/canvas.h"
#include "screen/key.h"
#include "screen/theme.h"
#include "support/emulator.h"
#include "support/own_terminal.h"
#include "term/terminal.h"

enum { SHOWN_COLUMNS = 40, SHOWN_LINES = 10 };

struct shown {
	struct own_terminal own;
	struct terminal *terminal;
	struct canvas *canvas;
	struct theme theme;
};

/* Opens it; skips the test where the machine lacks what it takes. */
static inline void shown_open(struct shown *shown, const char *type, const char *theme,
			      enum colour_use colours)
{
	*shown = (struct shown){.terminal = NULL};
	if (!setlocale(LC_ALL, "C.UTF-8") ||
	    !own_terminal_open(&shown->own, type, SHOWN_LINES, SHOWN_COLUMNS))
		skip();
	assert_int_equal(theme_parse(theme, strlen(theme), &shown->theme, NULL, 0), 0);
	if (terminal_create(&shown->theme, colours, &shown->terminal) != 0) {
		own_terminal_close(&shown->own);
		skip(); /* this machine does not know the type */
	}
	shown->canvas = canvas_create(SHOWN_COLUMNS, SHOWN_LINES, false);
}

static inline void shown_close(struct shown *shown)
{
	terminal_destroy(shown->terminal);
	own_terminal_close(&shown->own);
	canvas_destroy(shown->canvas);
}

/* Shows the canvas and returns what was sent for it; the emulator has it. */
static inline const char *shown_show(struct shown *shown)
{
	terminal_show(shown->terminal, shown->canvas);
	return own_terminal_take(&shown->own);
}

/* How often the string is in what was sent last. */
static inline int shown_count(const struct shown *shown, const char *string)
{
	const char *at = text_string((struct text *)&shown->own.news);
	int count = 0;

	while ((at = strstr(at, string))) {
		count++;
		at += strlen(string);
	}
	return count;
}

static inline void shown_assert_line(const struct shown *shown, int line, const char *expected)
{
	const char *text = emulator_line(shown->own.emulator, line);
	size_t length = strlen(text);

	while (length > 0 && text[length - 1] == ' ')
		length--;
	assert_int_equal(length, strlen(expected));
	assert_memory_equal(text, expected, length);
}

/* Reads one event, which is there. */
static inline struct event shown_event(struct shown *shown)
{
	struct event event = {.type = EVENT_RESIZE, .key = 77};

	terminal_read(shown->terminal, &event);
	return event;
}

static inline void shown_assert_key(struct shown *shown, uint32_t key)
{
	struct event event = shown_event(shown);

	assert_int_equal(event.type, EVENT_KEY);
	assert_int_equal(event.key, key);
}

static inline void shown_assert_nothing(struct shown *shown)
{
	assert_int_equal(shown_event(shown).type, EVENT_NONE);
}

#endif
