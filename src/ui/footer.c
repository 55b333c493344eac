/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/footer.h"

#include <string.h>

#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/command.h"
#include "ui/keymap.h"
#include "ui/scene.h"

/* The columns at the right end that help and quit have at least. */
#define LAST_COLUMNS 16

/* A key and its word, as they stand on the line. */
struct entry {
	const struct command *command;
	char key[KEY_NAME_LENGTH];
	int column, columns;
};

/* The columns of a command with that key. */
static int command_columns(const struct command *command, uint32_t key)
{
	char name[KEY_NAME_LENGTH];

	return (int)(utf8_columns(key_name(key, name)) + 1 + utf8_columns(command->footer));
}

/* Help and quit are there however narrow it is. */
static bool is_last(const struct command *command)
{
	return !strcmp(command->name, "help") || !strcmp(command->name, "quit");
}

static int last_columns(const struct keymap *keymap)
{
	size_t count;
	const struct command *commands = command_table(&count);
	int columns = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t key = keymap_key(keymap, &commands[i], 0);

		if (key && is_last(&commands[i]))
			columns += command_columns(&commands[i], key) + 2;
	}
	return columns > LAST_COLUMNS ? columns : LAST_COLUMNS;
}

static bool acts_here(const struct scene *scene, const struct command *command)
{
	return command->place != (scene->table ? COMMAND_PICTURE : COMMAND_TABLE);
}

/*
 * Lays the commands from *index on out until one has room, from the column behind the last entry
 * on (none: at the start). Returns false when there is no more.
 */
static bool next_entry(const struct scene *scene, struct rect rect, size_t *index,
		       struct entry *entry)
{
	size_t count;
	const struct command *commands = command_table(&count);
	const struct keymap *keymap = scene->keymap;
	int end = rect.column + rect.columns, last = last_columns(keymap);
	int column = entry->columns ? entry->column + entry->columns + 2 : rect.column + 1;

	while (*index < count) {
		const struct command *command = &commands[(*index)++];
		uint32_t key = keymap_key(keymap, command, 0);
		int need;

		if (!command->footer || !key || !acts_here(scene, command))
			continue;
		key_name(key, entry->key);
		need = command_columns(command, key);
		if (column + need > (is_last(command) ? end : end - last))
			continue;
		entry->command = command;
		entry->column = column;
		entry->columns = need;
		return true;
	}
	return false;
}

int footer_draw_key(struct canvas *canvas, int column, int line, const char *key, const char *word)
{
	int columns = (int)(utf8_columns(key) + 1 + utf8_columns(word));

	column += canvas_write(canvas, column, line, columns, key, ROLE_KEY) + 1;
	canvas_write(canvas, column, line, columns, word, ROLE_KEY_HELP);
	return columns;
}

void footer_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	struct entry entry = {0};
	size_t index = 0;

	if (scene->status->message) {
		canvas_write(canvas, rect.column + 1, rect.line, rect.columns - 2,
			     scene->status->message, ROLE_MESSAGE);
		return;
	}
	while (next_entry(scene, rect, &index, &entry))
		footer_draw_key(canvas, entry.column, rect.line, entry.key, entry.command->footer);
}

const struct command *footer_command_at(struct rect rect, const struct scene *scene, int column)
{
	struct entry entry = {0};
	size_t index = 0;

	if (scene->status->message)
		return NULL;
	while (next_entry(scene, rect, &index, &entry))
		if (column >= entry.column && column < entry.column + entry.columns)
			return entry.command;
	return NULL;
}
