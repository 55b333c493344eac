/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files config and keys: any bytes give usable options and a usable keymap, and messages that
 * a terminal can be shown.
 */
#include <string.h>

#include "app/config.h"
#include "app/options.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "screen/setting.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"

enum { CAPACITY = 8 };

static void check_mistakes(const struct setting_mistake *mistakes, size_t count)
{
	for (size_t i = 0; i < count && i < CAPACITY; i++) {
		const char *c = mistakes[i].message;
		const char *end = memchr(c, 0, sizeof(mistakes[i].message));
		uint32_t codepoint = 0;

		/* Of a file of something else only the first mistake is told. */
		FUZZ_CHECK(mistakes[i].line > 0 && end && (i > 0 || end > c));
		FUZZ_CHECK(i == 0 || mistakes[i].line > mistakes[i - 1].line);
		while (c < end) {
			size_t step = utf8_decode(c, (size_t)(end - c), &codepoint);

			FUZZ_CHECK(step > 0 && utf8_width(codepoint) > 0);
			c += step;
		}
	}
}

static void check_config(const char *bytes, size_t length)
{
	struct setting_mistake mistakes[CAPACITY];
	struct options options = {
		.action = ACTION_WATCH,
		.interval_ns = 1000000000,
		.budget = 0.02,
		.history = 1 << 26,
	};
	struct arena strings = {0};
	size_t line;

	check_mistakes(mistakes,
		       config_parse(&options, &strings, bytes, length, mistakes, CAPACITY, &line));
	FUZZ_CHECK((line != 0) == (options.theme != NULL));
	FUZZ_CHECK(options.action == ACTION_WATCH && options.given == 0);
	FUZZ_CHECK(options.interval_ns >= 10000000 && options.interval_ns <= 3600000000000);
	FUZZ_CHECK(options.budget >= 0.001 && options.budget <= 1);
	FUZZ_CHECK(options.history >= 1 << 20 && options.history <= 1ULL << 36);
	FUZZ_CHECK(options.scale < SCALE_COUNT && options.colour <= COLOUR_NEVER);
	FUZZ_CHECK(!options.theme || strlen(options.theme) <= length);
	arena_finish(&strings);
}

static void check_keys(const char *bytes, size_t length)
{
	struct setting_mistake mistakes[CAPACITY];
	struct keymap keymap;

	commands_init_keymap(&keymap);
	check_mistakes(mistakes, keymap_parse(&keymap, bytes, length, mistakes, CAPACITY));
	FUZZ_CHECK(keymap.count <= KEYMAP_KEYS_MAX);
	for (size_t i = 0; i < keymap.count; i++) {
		const struct command *command = keymap.keys[i].command;

		FUZZ_CHECK(keymap_find(&keymap, keymap.keys[i].key,
				       command ? command->where : NULL) == command);
	}
	for (size_t i = 0; i < keymap.command_count; i++) {
		const struct command *command = &keymap.commands[i];
		uint32_t key = keymap_key(&keymap, command, 0);

		FUZZ_CHECK(!key || keymap_find(&keymap, key, command->where) == command);
	}
	keymap_finish(&keymap);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	check_config((const char *)bytes, length);
	check_keys((const char *)bytes, length);
	return 0;
}
