/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/footer.h"

#include <string.h>

#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/command.h"
#include "ui/scene.h"

/* The columns at the right end that help and quit always have. */
#define LAST_COLUMNS 16

/* A key and its word, as they stand on the line. */
struct entry {
	const struct command *command;
	char key[KEY_NAME_LENGTH];
	int column, columns;
};

/*
 * Lays the commands from *index on out until one has room, from the column behind the last entry
 * on (none: at the start). Returns false when there is no more.
 */
static bool next_entry(struct rect rect, size_t *index, struct entry *entry)
{
	size_t count;
	const struct command *commands = command_table(&count);
	int end = rect.column + rect.columns;
	int column = entry->columns ? entry->column + entry->columns + 2 : rect.column + 1;

	while (*index < count) {
		const struct command *command = &commands[(*index)++];
		const char *key;
		bool last;
		int need;

		if (!command->footer)
			continue;
		last = !strcmp(command->name, "help") || !strcmp(command->name, "quit");
		key = key_name(command->keys[0], entry->key);
		need = (int)(strlen(key) + 1 + strlen(command->footer));
		if (column + need > (last ? end : end - LAST_COLUMNS))
			continue;
		entry->command = command;
		entry->column = column;
		entry->columns = need;
		return true;
	}
	return false;
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
	while (next_entry(rect, &index, &entry)) {
		int column = entry.column;

		column += canvas_write(canvas, column, rect.line, entry.columns, entry.key,
				       ROLE_KEY) +
			  1;
		canvas_write(canvas, column, rect.line, entry.columns, entry.command->footer,
			     ROLE_KEY_HELP);
	}
}

const struct command *footer_command_at(struct rect rect, const struct scene *scene, int column)
{
	struct entry entry = {0};
	size_t index = 0;

	if (scene->status->message)
		return NULL;
	while (next_entry(rect, &index, &entry))
		if (column >= entry.column && column < entry.column + entry.columns)
			return entry.command;
	return NULL;
}
