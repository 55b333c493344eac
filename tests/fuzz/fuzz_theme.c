/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Theme files: any bytes give a usable theme, and messages that a terminal can be shown.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/colour.h"
#include "screen/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { CAPACITY = 8 };

static void require(int condition)
{
	if (!condition)
		abort();
}

/* Of a file of something else only the first mistake is told. */
static void check_message(const struct setting_mistake *mistake, bool first)
{
	const char *end = memchr(mistake->message, 0, sizeof(mistake->message));
	const char *c = mistake->message;
	uint32_t codepoint = 0;

	require(mistake->line > 0 && end && (!first || end > c));
	while (c < end) {
		size_t step = utf8_decode(c, (size_t)(end - c), &codepoint);

		require(step > 0 && utf8_width(codepoint) > 0);
		c += step;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct setting_mistake mistakes[CAPACITY];
	struct theme theme, again;
	size_t count = theme_parse((const char *)bytes, size, &theme, mistakes, CAPACITY);

	for (size_t i = 0; i < count && i < CAPACITY; i++) {
		check_message(&mistakes[i], i == 0);
		require(i == 0 || mistakes[i].line > mistakes[i - 1].line);
	}
	require(theme_parse((const char *)bytes, size, &again, NULL, 0) == count);
	require(memcmp(&theme, &again, sizeof(theme)) == 0);
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		struct style style = theme_cell_style(&theme, role, ROLE_CURSOR);
		struct shade shade = colour_shade(&style, COLOUR_DEPTH_8);

		require(shade.foreground >= -1 && shade.foreground < 8);
		require(shade.background >= -1 && shade.background < 8);
	}
	return 0;
}
