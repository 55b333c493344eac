/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/footer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/box.h"
#include "ui/command/command.h"
#include "ui/command/keymap.h"
#include "ui/pane.h"
#include "ui/scene.h"

#define APART_COLUMNS 2 /* between two entries */

/* A key and its word, as they stand on the line. */
struct entry {
	const struct command *command;
	char name[KEY_NAME_LENGTH];
	int column, columns;
};

/* What there is to show, in the order of the table; some of it may find no room. */
struct entries {
	struct entry *entries;
	size_t count;
};

static bool acts_here(const struct scene *scene, const struct command *command)
{
	const struct pane_ops *focus = scene->focus;

	if (focus && focus->modal)
		return command->where ? command->where == focus : command->everywhere;
	return !command->where || command->where == focus ||
	       (scene->main && pane_ops_is_about(scene->main, command->where));
}

/* The command's first key; where letters are typed, the first that is none. */
static uint32_t key_here(const struct scene *scene, const struct command *command)
{
	bool typing = scene->focus && scene->focus->typing;
	size_t index = 0;
	uint32_t key;

	while ((key = keymap_key(scene->keymap, command, index)) && typing && key < KEY_NAMED &&
	       key >= KEY_SPACE)
		index++;
	return key;
}

/* The key as the footer writes it, which has less room than the help. */
static void write_key(uint32_t key, char name[static KEY_NAME_LENGTH])
{
	if (key == KEY_BACK)
		memcpy(name, "Bksp", sizeof("Bksp"));
	else
		key_name(key, name);
}

/* Whether one before it in the table has the same word: q quits, too, where it is not typed. */
static bool is_said(const struct entries *entries, const char *word)
{
	for (size_t i = 0; i < entries->count; i++)
		if (!strcmp(entries->entries[i].command->footer.word, word))
			return true;
	return false;
}

/* Lists the commands that have a word and a key here. */
static void collect(const struct scene *scene, struct entries *entries)
{
	const struct keymap *keymap = scene->keymap;

	*entries = (struct entries){
		.entries = memory_alloc(keymap->command_count * sizeof(*entries->entries))};
	for (size_t i = 0; i < keymap->command_count; i++) {
		const struct command *command = &keymap->commands[i];
		struct entry *entry = &entries->entries[entries->count];
		uint32_t key;

		if (!command->footer.word || !acts_here(scene, command) ||
		    is_said(entries, command->footer.word))
			continue;
		key = key_here(scene, command);
		if (!key)
			continue;
		entry->command = command;
		write_key(key, entry->name);
		entry->columns =
			(int)(utf8_columns(entry->name) + 1 + utf8_columns(command->footer.word));
		entries->count++;
	}
}

/* Places those of a rank up to that one; returns where the last of them ends. */
static int place(struct entries *entries, struct rect rect, int rank)
{
	int end = rect.column + 1;

	for (size_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->entries[i];

		entry->column = -1;
		if (entry->command->footer.rank > rank)
			continue;
		entry->column = end;
		end += entry->columns + APART_COLUMNS;
	}
	return end - APART_COLUMNS;
}

/* Places those down to the rank for all of which there is room; the others have column -1. */
static void lay_out(struct entries *entries, const struct scene *scene, struct rect rect)
{
	int rank = 0;

	collect(scene, entries);
	while (rank < (int)scene->keymap->command_count &&
	       place(entries, rect, rank + 1) <= rect.column + rect.columns)
		rank++;
	place(entries, rect, rank);
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
	int lines = box_wrapped_lines(columns, sentence);
	int first = rect.line + 1 - lines;

	canvas_fill(canvas, rect.column, first, rect.columns, lines, ' ', ROLE_DEFAULT);
	canvas_set_ground(canvas, rect.column, first, rect.columns, lines, ROLE_DEFAULT);
	box_write_wrapped(canvas, rect.column + 1, first, columns, lines, sentence, role);
}

void footer_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	struct entries entries;

	if (scene->status->message) {
		footer_draw_sentence(canvas, rect, scene->status->message, ROLE_MESSAGE);
		return;
	}
	lay_out(&entries, scene, rect);
	for (size_t i = 0; i < entries.count; i++)
		if (entries.entries[i].column >= 0)
			draw_key(canvas, entries.entries[i].column, rect.line,
				 entries.entries[i].name, entries.entries[i].command->footer.word);
	free(entries.entries);
}

const struct command *footer_command_at(struct rect rect, const struct scene *scene, int column)
{
	const struct command *found = NULL;
	struct entries entries;

	if (scene->status->message)
		return NULL;
	lay_out(&entries, scene, rect);
	for (size_t i = 0; i < entries.count; i++) {
		const struct entry *entry = &entries.entries[i];

		if (entry->column >= 0 && column >= entry->column &&
		    column < entry->column + entry->columns)
			found = entry->command;
	}
	free(entries.entries);
	return found;
}
