/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/help_keys.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/command/command.h"
#include "ui/command/keymap.h"
#include "ui/pane/help_sheet.h"

#define KEYS_COLUMNS  16
#define KEYS_NARROW   11 /* two keys of an entry that has not all its columns */
#define ENTRY_COLUMNS 53 /* keys, a blank, and the longest help */
#define APART_COLUMNS 3
#define ABREAST_MOST  4

/* The commands of a section: where the next one begins. */
static size_t section_end(const struct command *commands, size_t count, size_t first)
{
	size_t end = first + 1;

	while (end < count && !commands[end].section)
		end++;
	return end;
}

/* Whole keys, as many as there is room for; the first one always. */
static void append_keys(struct text *keys, const struct keymap *keymap,
			const struct command *command, int columns)
{
	char name[KEY_NAME_LENGTH];
	uint32_t key;

	for (size_t i = 0; (key = keymap_key(keymap, command, i)) != 0; i++) {
		const char *word = key_name(key, name);

		if (i && utf8_columns(text_string(keys)) + 1 + utf8_columns(word) > (size_t)columns)
			break;
		text_append_format(keys, "%s%s", i ? " " : "", word);
	}
}

static void write_command(struct help_sheet *sheet, int column, const struct command *command,
			  const struct keymap *keymap)
{
	int columns = sheet->columns < ENTRY_COLUMNS ? KEYS_NARROW : KEYS_COLUMNS;
	struct text keys = {0};

	append_keys(&keys, keymap, command, columns);
	if (sheet->canvas)
		canvas_write(sheet->canvas, column, sheet->line, columns, text_string(&keys),
			     ROLE_KEY);
	help_sheet_text(sheet, column + columns + 1, command->help, ROLE_DEFAULT);
	text_finish(&keys);
}

/* The lines of all sections one below the other, a blank one between two. */
static int all_lines(const struct command *commands, size_t count)
{
	int lines = (int)count;

	for (size_t i = 0; i < count; i++)
		lines += commands[i].section ? 2 : 0;
	return lines - 1;
}

/* Sections go whole into the column where they are nearest to an even share. */
void help_keys_write(struct help_sheet *sheet, const struct keymap *keymap)
{
	const struct command *commands = keymap->commands;
	size_t count = keymap->command_count;
	int abreast = (sheet->columns + APART_COLUMNS) / (ENTRY_COLUMNS + APART_COLUMNS);
	int top = sheet->line, lowest = top, column = 0, share;

	abreast = abreast < 1 ? 1 : abreast > ABREAST_MOST ? ABREAST_MOST : abreast;
	share = (all_lines(commands, count) + abreast - 1) / abreast;
	for (size_t i = 0, end; i < count; i = end) {
		int lines;

		end = section_end(commands, count, i);
		lines = (int)(end - i) + 1;
		if (sheet->line > top && column + 1 < abreast &&
		    sheet->line - top + lines / 2 >= share) {
			column++;
			sheet->line = top;
		}
		sheet->line += sheet->line > top;
		help_sheet_label(sheet, column * (ENTRY_COLUMNS + APART_COLUMNS),
				 commands[i].section, ROLE_TITLE);
		sheet->line++;
		for (size_t j = i; j < end; j++)
			write_command(sheet, column * (ENTRY_COLUMNS + APART_COLUMNS), &commands[j],
				      keymap);
		lowest = sheet->line > lowest ? sheet->line : lowest;
	}
	sheet->line = lowest;
}
