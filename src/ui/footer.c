/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/footer.h"

#include <string.h>

#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/box.h"
#include "ui/command/command.h"
#include "ui/command/keymap.h"
#include "ui/pane.h"
#include "ui/scene.h"

/* A key and its word, as they stand on the line. */
struct entry {
	const struct command *command;
	const char *key;
	char name[KEY_NAME_LENGTH];
	int column, columns;
};

static bool acts_here(const struct scene *scene, const struct command *command)
{
	const struct pane_ops *focus = scene->focus;

	if (focus && focus->modal)
		return command->where ? command->where == focus : command->everywhere;
	return !command->where || command->where == scene->main || command->where == focus;
}

/* The command's first key; where letters are typed, the first that is none. */
static uint32_t key_here(const struct scene *scene, const struct command *command)
{
	bool typing = scene->focus && scene->focus->key;
	size_t index = 0;
	uint32_t key;

	while ((key = keymap_key(scene->keymap, command, index)) && typing && key < KEY_NAMED &&
	       key >= KEY_SPACE)
		index++;
	return key;
}

/* The key as the footer writes it, which has less room than the help. */
static const char *write_key(uint32_t key, char name[static KEY_NAME_LENGTH])
{
	return key == KEY_BACK ? "Bksp" : key_name(key, name);
}

/* Whether a command has a word and a key here. */
static bool is_shown(const struct scene *scene, const struct command *command)
{
	return command->footer && key_here(scene, command) && acts_here(scene, command);
}

/* Whether one before it in the table has the same word: q quits, too, where it is not typed. */
static bool is_said_before(const struct scene *scene, const struct command *command)
{
	for (const struct command *at = scene->keymap->commands; at < command; at++)
		if (is_shown(scene, at) && !strcmp(at->footer, command->footer))
			return true;
	return false;
}

/*
 * The next command of the table from *index on that is shown here and whose rank is at most that,
 * behind the last entry (none: at the start of the line). Returns false when there is no more.
 */
static bool next_of_rank(const struct scene *scene, struct rect rect, int rank, size_t *index,
			 struct entry *entry)
{
	while (*index < scene->keymap->command_count) {
		const struct command *command = &scene->keymap->commands[(*index)++];

		if (!is_shown(scene, command) || command->rank > rank ||
		    is_said_before(scene, command))
			continue;
		entry->column =
			entry->columns ? entry->column + entry->columns + 2 : rect.column + 1;
		entry->command = command;
		entry->key = write_key(key_here(scene, command), entry->name);
		entry->columns =
			(int)(utf8_columns(entry->key) + 1 + utf8_columns(command->footer));
		return true;
	}
	return false;
}

/* The rank down to which there is room for all. */
static int last_rank(const struct scene *scene, struct rect rect)
{
	int rank = 0;

	for (; rank < (int)scene->keymap->command_count; rank++) {
		struct entry entry = {0};
		size_t index = 0;

		while (next_of_rank(scene, rect, rank + 1, &index, &entry))
			;
		if (entry.columns && entry.column + entry.columns > rect.column + rect.columns)
			break;
	}
	return rank;
}

/* Draws a key and what it does; returns the columns that they take. */
static int draw_key(struct canvas *canvas, int column, int line, const char *key, const char *word)
{
	int columns = (int)(utf8_columns(key) + 1 + utf8_columns(word));

	column += canvas_write(canvas, column, line, columns, key, ROLE_KEY) + 1;
	canvas_write(canvas, column, line, columns, word, ROLE_KEY_HELP);
	return columns;
}

void footer_draw_sentence(struct canvas *canvas, struct rect rect, const char *sentence,
			  enum role role)
{
	int columns = rect.columns - 2;
	int lines = box_write_wrapped(NULL, 0, 0, columns, 0, sentence, role);
	int first = rect.line + 1 - lines;

	canvas_fill(canvas, rect.column, first, rect.columns, lines, ' ', ROLE_DEFAULT);
	canvas_set_ground(canvas, rect.column, first, rect.columns, lines, ROLE_DEFAULT);
	box_write_wrapped(canvas, rect.column + 1, first, columns, lines, sentence, role);
}

void footer_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	struct entry entry = {0};
	size_t index = 0;
	int rank;

	if (scene->status->message) {
		footer_draw_sentence(canvas, rect, scene->status->message, ROLE_MESSAGE);
		return;
	}
	rank = last_rank(scene, rect);
	while (next_of_rank(scene, rect, rank, &index, &entry))
		draw_key(canvas, entry.column, rect.line, entry.key, entry.command->footer);
}

const struct command *footer_command_at(struct rect rect, const struct scene *scene, int column)
{
	struct entry entry = {0};
	size_t index = 0;
	int rank;

	if (scene->status->message)
		return NULL;
	rank = last_rank(scene, rect);
	while (next_of_rank(scene, rect, rank, &index, &entry))
		if (column >= entry.column && column < entry.column + entry.columns)
			return entry.command;
	return NULL;
}
