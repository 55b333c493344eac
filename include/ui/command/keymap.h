/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_KEYMAP_H
#define UI_COMMAND_KEYMAP_H

/*
 * Which key runs which command: the keys of a table of commands, changed by those of the user's own
 * file. A key runs one command at most, and another one at most in a modal pane (ui/pane.h); a
 * command may have any number of keys, also none.
 */

#include <stddef.h>
#include <stdint.h>

#include "screen/setting.h"

struct command;
struct pane_ops;

#define KEYMAP_KEYS_MAX 1000 /* more than any keyboard has */

struct keymap_key {
	uint32_t key;
	const struct command *command; /* NULL: none, it was taken away */
	size_t line;                   /* of the file that set it; 0: the command table did */
};

struct keymap {
	const struct command *commands; /* the table, not owned */
	size_t command_count;
	struct keymap_key *keys; /* the table's in its order, then the file's */
	size_t count, capacity;
};

/* Starts with the keys of the table. */
void keymap_init(struct keymap *keymap, const struct command *commands, size_t count);
void keymap_finish(struct keymap *keymap);

/*
 * Changes the keymap by a file's text (length bytes, any bytes). A line is
 *
 *     KEY = COMMAND
 *
 * with the names that key_name() and the command table give them, or "none" as the command, which
 * takes the key away. A line with a mistake is left out, the rest applies. Stores the first
 * capacity mistakes and returns how many lines had one.
 */
size_t keymap_parse(struct keymap *keymap, const char *bytes, size_t length,
		    struct setting_mistake *mistakes, size_t capacity);

/*
 * The command that a key runs while the pane has the focus (NULL: none does); NULL when there is
 * none.
 */
const struct command *keymap_find(const struct keymap *keymap, uint32_t key,
				  const struct pane_ops *focus);

/* The command that has or had that name; NULL when there is none. */
const struct command *keymap_command(const struct keymap *keymap, const char *name, size_t length);

/*
 * The keys of a command by an index from 0 on, 0 after the last: those of the file first, as they
 * are what the user wants to see.
 */
uint32_t keymap_key(const struct keymap *keymap, const struct command *command, size_t index);

#endif
