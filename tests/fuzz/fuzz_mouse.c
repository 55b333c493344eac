/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports of the mouse in both encodings: what is taken is a button that there is, on a cell that
 * spells the report again; what is refused leaves the press as it was.
 */
#include "fuzz.h"

#include <string.h>

#include "term/mouse_report.h"

/* Modifiers and button as a report's first number. */
static unsigned code_of(const struct mouse *mouse)
{
	unsigned code = mouse->button >= MOUSE_WHEEL_UP ? 64 + mouse->button - MOUSE_WHEEL_UP
							: (unsigned)mouse->button;

	return code + (mouse->modifiers & MOUSE_SHIFT ? 4 : 0) +
	       (mouse->modifiers & MOUSE_ALT ? 8 : 0) + (mouse->modifiers & MOUSE_CTRL ? 16 : 0);
}

static void check_press(const struct mouse *mouse)
{
	FUZZ_CHECK(mouse->button <= MOUSE_WHEEL_DOWN && mouse->clicks == 1);
	FUZZ_CHECK(mouse->modifiers <= (MOUSE_SHIFT | MOUSE_ALT | MOUSE_CTRL));
	FUZZ_CHECK(mouse->column >= 0 && mouse->column < 65535);
	FUZZ_CHECK(mouse->line >= 0 && mouse->line < 65535);
}

static void check_parameters(const char *bytes, size_t length)
{
	struct mouse mouse, before, again;
	char spelled[64];

	memset(&mouse, 0x55, sizeof(mouse));
	before = mouse;
	if (!mouse_report_parse(bytes, length, &mouse)) {
		FUZZ_CHECK(memcmp(&mouse, &before, sizeof(mouse)) == 0);
		return;
	}
	check_press(&mouse);
	snprintf(spelled, sizeof(spelled), "%u;%d;%d", code_of(&mouse), mouse.column + 1,
		 mouse.line + 1);
	/* The report may have leading zeroes. */
	FUZZ_CHECK(strlen(spelled) <= length);
	FUZZ_CHECK(mouse_report_parse(spelled, strlen(spelled), &again));
	FUZZ_CHECK(again.button == mouse.button && again.modifiers == mouse.modifiers);
	FUZZ_CHECK(again.column == mouse.column && again.line == mouse.line);
}

static void check_bytes(const uint8_t *bytes)
{
	struct mouse mouse;

	if (!mouse_report_parse_bytes(bytes, &mouse))
		return;
	check_press(&mouse);
	FUZZ_CHECK(bytes[0] == 32 + code_of(&mouse));
	FUZZ_CHECK(bytes[1] == 33 + mouse.column && bytes[2] == 33 + mouse.line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	check_parameters((const char *)bytes, length);
	for (size_t i = 0; i + MOUSE_REPORT_BYTES <= length; i++)
		check_bytes(bytes + i);
	return 0;
}
