/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

/*
 * Which key runs which command: the keys of the command table, changed by those of the reader's
 * own file. A key runs one command at most; a command may have any number of keys, also none.
 *
 * Where a keymap is asked, NULL stands for the keys of the command table alone.
 */

#include <stddef.h>
#include <stdint.h>

#include "screen/setting.h"

struct command;

#define KEYMAP_KEYS_MAX 1000 /* more than any keyboard has */

struct keymap_key {
	uint32_t key;
	const struct command *command; /* NULL: none, it was taken away */
	size_t line;                   /* of the file that set it; 0: the command table did */
};

struct keymap {
	struct keymap_key *keys; /* the table's in its order, then the file's */
	size_t count, capacity;
};

/* Starts with the keys of the command table. */
void keymap_init(struct keymap *keymap);
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

/* The command of a key; NULL when it has none. */
const struct command *keymap_find(const struct keymap *keymap, uint32_t key);

/*
 * The keys of a command by an index from 0 on, 0 behind the last: those of the file first, as they
 * are what the reader wants to see.
 */
uint32_t keymap_key(const struct keymap *keymap, const struct command *command, size_t index);

#endif
