/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "ui/command.h"

static void every_command_is_whole_and_unique(void **state)
{
	size_t count;
	const struct command *commands = command_table(&count);

	(void)state;
	assert_true(count > 15);
	assert_non_null(commands[0].section);
	for (size_t i = 0; i < count; i++) {
		assert_non_null(commands[i].run);
		assert_true(strlen(commands[i].name) > 0);
		assert_true(strlen(commands[i].help) > 0 && strlen(commands[i].help) <= 36);
		assert_true(commands[i].keys[0] != 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(commands[i].name, commands[j].name);
	}
}

static void no_key_has_two_commands(void **state)
{
	size_t count;
	const struct command *commands = command_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++)
			assert_ptr_equal(command_find(commands[i].keys[j]), &commands[i]);
	assert_null(command_find('~'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_is_whole_and_unique),
		cmocka_unit_test(no_key_has_two_commands),
	};

	return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
