/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "screen/key.h"
#include "ui/command/commands.h"
#include "ui/command/keymap.h"
#include "ui/pane.h"

static void every_command_is_whole_and_unique(void **state)
{
	size_t count;
	const struct command *commands = commands_table(&count);

	(void)state;
	assert_true(count > 15);
	assert_non_null(commands[0].section);
	for (size_t i = 0; i < count; i++) {
		assert_true(commands[i].run || commands[i].pane);
		assert_true(strlen(commands[i].name) > 0);
		assert_true(strlen(commands[i].help) > 0 && strlen(commands[i].help) <= 36);
		assert_true(commands[i].keys[0] != 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(commands[i].name, commands[j].name);
	}
}

/* In a modal pane a key may have another one, but no key that types. */
static void no_key_has_two_commands(void **state)
{
	struct keymap keymap;

	(void)state;
	commands_init_keymap(&keymap);
	for (size_t i = 0; i < keymap.count; i++) {
		const struct command *command = keymap.keys[i].command;
		uint32_t key = keymap.keys[i].key;

		assert_ptr_equal(keymap_find(&keymap, key, command->where), command);
		if (command->where && command->where->modal)
			assert_true(key < KEY_SPACE || key >= KEY_NAMED);
	}
	assert_null(keymap_find(&keymap, '~', NULL));
	keymap_finish(&keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_whole_and_unique),
		cmocka_unit_test(no_key_has_two_commands),
	};

	return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
