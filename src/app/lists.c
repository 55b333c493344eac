/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/lists.h"

#include <stdio.h>
#include <string.h>

#include "app/theme_file.h"
#include "app/theme_list.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/field.h"
#include "model/kind.h"
#include "screen/key.h"
#include "ui/command/command.h"
#include "ui/command/keymap.h"

/* Writes a word, and blanks up to the next column. */
static void print_column(FILE *stream, const char *word, size_t columns)
{
	size_t width = utf8_columns(word);

	fprintf(stream, "%s%*s  ", word, (int)(width < columns ? columns - width : 0), "");
}

static void append_keys(struct text *text, const struct keymap *keymap,
			const struct command *command)
{
	char name[KEY_NAME_LENGTH];
	uint32_t key;

	for (size_t i = 0; (key = keymap_key(keymap, command, i)) != 0; i++)
		text_append_format(text, "%s%s", i ? " " : "", key_name(key, name));
	if (text->length == 0)
		text_append(text, "none");
}

static void widen(size_t *columns, const char *word)
{
	size_t width = utf8_columns(word);

	if (width > *columns)
		*columns = width;
}

void lists_print_commands(FILE *stream, const struct keymap *keymap)
{
	size_t count = keymap->command_count, names = 0, keys = 0;
	const struct command *commands = keymap->commands;
	struct text text = {0};

	for (size_t i = 0; i < count; i++) {
		text_clear(&text);
		append_keys(&text, keymap, &commands[i]);
		widen(&names, commands[i].name);
		widen(&keys, text_string(&text));
	}
	for (size_t i = 0; i < count; i++) {
		text_clear(&text);
		append_keys(&text, keymap, &commands[i]);
		print_column(stream, commands[i].name, names);
		print_column(stream, text_string(&text), keys);
		fprintf(stream, "%s\n", commands[i].help);
	}
	text_finish(&text);
}

void lists_print_themes(FILE *stream)
{
	struct theme_list list;
	struct text text = {0};
	size_t names = 0;

	theme_list_init(&list);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < list.count; i++) {
			text_clear(&text);
			utf8_append_escaped(&text, list.names[i], strlen(list.names[i]));
			widen(&names, text_string(&text));
			if (pass == 0)
				continue;
			print_column(stream, text_string(&text), names);
			text_clear(&text);
			theme_file_append_about(list.names[i], &text);
			fprintf(stream, "%s\n", text_string(&text));
		}
	}
	text_finish(&text);
	theme_list_finish(&list);
}

void lists_print_kinds(FILE *stream)
{
	size_t names = 0;

	for (enum kind kind = 0; kind < KIND_COUNT; kind++)
		widen(&names, kind_name(kind));
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		print_column(stream, kind_name(kind), names);
		fprintf(stream, "%s\n", kind_meaning(kind));
	}
}

void lists_print_fields(FILE *stream)
{
	size_t names = 0, units = 0;

	for (enum field field = 0; field < FIELD_COUNT; field++) {
		widen(&names, field_name(field));
		widen(&units, field_unit(field));
	}
	for (enum field field = 0; field < FIELD_COUNT; field++) {
		print_column(stream, field_name(field), names);
		print_column(stream, field_unit(field), units);
		fprintf(stream, "%s\n", field_help(field));
	}
}
