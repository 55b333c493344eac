/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/keymap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "screen/key.h"
#include "screen/suggest.h"
#include "ui/command/command.h"
#include "ui/pane.h"

#define CTRL(letter) ((letter)&31)

#define NONE "none" /* the command that takes a key away */

static const struct setting_syntax syntax = {"key", "x = zoom-in"};

static void add(struct keymap *keymap, uint32_t key, const struct command *command, size_t line)
{
	keymap->keys = memory_array_grow(keymap->keys, keymap->count, &keymap->capacity,
					 sizeof(*keymap->keys));
	keymap->keys[keymap->count++] = (struct keymap_key){key, command, line};
}

void keymap_init(struct keymap *keymap, const struct command *commands, size_t count)
{
	*keymap = (struct keymap){.commands = commands, .command_count = count};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++)
			add(keymap, commands[i].keys[j], &commands[i], 0);
}

void keymap_finish(struct keymap *keymap)
{
	free(keymap->keys);
	*keymap = (struct keymap){0};
}

/* The modal pane in which a command acts; NULL: it acts elsewhere. */
static const struct pane_ops *modal_of(const struct command *command)
{
	return command && command->where && command->where->modal ? command->where : NULL;
}

/* A key that was taken away is so in every pane. */
static struct keymap_key *find_key(const struct keymap *keymap, uint32_t key,
				   const struct pane_ops *modal)
{
	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->keys[i].key == key &&
		    (!keymap->keys[i].command || modal_of(keymap->keys[i].command) == modal))
			return &keymap->keys[i];
	return NULL;
}

const struct command *keymap_find(const struct keymap *keymap, uint32_t key,
				  const struct pane_ops *focus)
{
	const struct pane_ops *modal = focus && focus->modal ? focus : NULL;
	const struct keymap_key *found = find_key(keymap, key, modal);

	if (!found && modal)
		found = find_key(keymap, key, NULL);
	return found ? found->command : NULL;
}

static bool is_name(const char *name, const char *bytes, size_t length)
{
	return name && strlen(name) == length && !memcmp(name, bytes, length);
}

const struct command *keymap_command(const struct keymap *keymap, const char *name, size_t length)
{
	for (size_t i = 0; i < keymap->command_count; i++)
		if (is_name(keymap->commands[i].name, name, length) ||
		    is_name(keymap->commands[i].former, name, length))
			return &keymap->commands[i];
	return NULL;
}

uint32_t keymap_key(const struct keymap *keymap, const struct command *command, size_t index)
{
	/* First what the user chose, then what the table says. */
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < keymap->count; i++)
			if (keymap->keys[i].command == command && !keymap->keys[i].line == !own &&
			    index-- == 0)
				return keymap->keys[i].key;
	return 0;
}

/* The entry that another one takes the place of; without a command that is any of the key. */
static struct keymap_key *find_replaced(const struct keymap *keymap, const struct keymap_key *entry)
{
	if (entry->command)
		return find_key(keymap, entry->key, modal_of(entry->command));
	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->keys[i].key == entry->key)
			return &keymap->keys[i];
	return NULL;
}

/* Sets a key anew, once in a file; its place is behind the keys that its command has. */
static void set_once(struct keymap *keymap, struct setting_reader *reader, struct setting_word name,
		     const struct keymap_key *entry)
{
	struct keymap_key *old = find_replaced(keymap, entry);

	if (old && old->line) {
		setting_mistake_twice(reader, name, old->line);
		return;
	}
	if (!old && keymap->count >= KEYMAP_KEYS_MAX) {
		setting_mistake(reader, "there are more than %d keys; remove some",
				KEYMAP_KEYS_MAX);
		return;
	}
	for (; old; old = find_replaced(keymap, entry)) {
		keymap->count--;
		memmove(old, old + 1, (size_t)(keymap->keys + keymap->count - old) * sizeof(*old));
	}
	add(keymap, entry->key, entry->command, entry->line);
}

static int mistake_in_key(struct setting_reader *reader, struct setting_word word)
{
	return setting_mistake(reader,
			       "unknown key %s; write a character or a name such as Enter, PgDn, "
			       "F5 or Ctrl-L",
			       setting_quote(word).text);
}

static int mistake_in_command(const struct keymap *keymap, struct setting_reader *reader,
			      struct setting_word word)
{
	const char *near = NULL;
	size_t count = keymap->command_count;
	const char **names = memory_alloc((count + 1) * sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = keymap->commands[i].name;
	names[count] = NONE;
	near = suggest_word(word.bytes, word.length, names, count + 1);
	free(names);
	if (near)
		return setting_mistake(reader, "unknown command %s; did you mean '%s'?",
				       setting_quote(word).text, near);
	return setting_mistake(reader, "unknown command %s; vastop --list-commands lists them",
			       setting_quote(word).text);
}

/* COMMAND or "none". Returns 0 and sets *ret_command (NULL for none), or -1. */
static int parse_command(const struct keymap *keymap, struct setting_reader *reader,
			 const struct command **ret_command)
{
	struct setting_word word = setting_next_word(reader), more = setting_next_word(reader);
	static const char *const none[] = {NONE};

	if (word.length == 0)
		return setting_mistake(reader, "no command after '='; a line is like '%s'",
				       syntax.example);
	if (more.length > 0)
		return setting_mistake(reader, "unexpected word %s; a key has one command",
				       setting_quote(more).text);
	*ret_command = NULL;
	if (setting_find(word, none, 1) == 0)
		return 0;
	*ret_command = keymap_command(keymap, word.bytes, word.length);
	return *ret_command ? 0 : mistake_in_command(keymap, reader, word);
}

/* What the terminal takes for itself, as it is set by default: to end, stop, hold or go on. */
static bool is_of_terminal(uint32_t key)
{
	return key == CTRL('C') || key == CTRL('Z') || key == CTRL('\\') || key == CTRL('S') ||
	       key == CTRL('Q');
}

static void parse_line(struct keymap *keymap, struct setting_reader *reader,
		       struct setting_word name)
{
	const struct command *command;
	uint32_t key;

	if (setting_take_sign(reader, name))
		return;
	if (key_parse(name.bytes, name.length, &key)) {
		mistake_in_key(reader, name);
		return;
	}
	if (is_of_terminal(key))
		setting_mistake(reader, "%s belongs to the terminal; choose another key",
				setting_quote(name).text);
	else if (key == KEY_ESC)
		setting_mistake(reader, "Esc always leaves; choose another key");
	else if (parse_command(keymap, reader, &command) == 0)
		set_once(keymap, reader, name, &(struct keymap_key){key, command, reader->line});
}

size_t keymap_parse(struct keymap *keymap, const char *bytes, size_t length,
		    struct setting_mistake *mistakes, size_t capacity)
{
	struct setting_reader reader;
	struct setting_word name;

	setting_reader_init(&reader, &syntax, bytes, length, mistakes, capacity);
	while (setting_next(&reader, &name))
		parse_line(keymap, &reader, name);
	return reader.count;
}
