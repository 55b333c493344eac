/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Prints the table of commands, a line each: its keys, a bar, its help. */

#include <locale.h>
#include <stdio.h>

#include "screen/key.h"
#include "ui/command.h"

int main(void)
{
	size_t count;
	const struct command *commands = command_table(&count);
	char name[KEY_NAME_LENGTH];

	setlocale(LC_ALL, "");
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++)
			printf("%s%s", j ? " " : "", key_name(commands[i].keys[j], name));
		printf("|%s\n", commands[i].help);
	}
	return 0;
}
