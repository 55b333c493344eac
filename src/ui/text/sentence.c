/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/sentence.h"

#include <string.h>

#include "base/text.h"
#include "screen/key.h"
#include "ui/command/keymap.h"

#define BEGIN '\001'
#define END   '\002'

bool sentence_has_keys(const char *sentence)
{
	return strchr(sentence, BEGIN) != NULL;
}

static void append_key(struct text *text, const struct keymap *keymap, const char *name,
		       size_t length)
{
	const struct command *command = keymap ? keymap_command(keymap, name, length) : NULL;
	uint32_t key = command ? keymap_key(keymap, command, 0) : 0;
	char out[KEY_NAME_LENGTH];

	if (key)
		text_append(text, key_name(key, out));
	else
		text_append_format(text, "'%.*s'", (int)length, name);
}

void sentence_append(struct text *text, const struct keymap *keymap, const char *sentence)
{
	const char *begin, *end;

	while ((begin = strchr(sentence, BEGIN)) && (end = strchr(begin, END))) {
		text_append_bytes(text, sentence, (size_t)(begin - sentence));
		append_key(text, keymap, begin + 1, (size_t)(end - begin) - 1);
		sentence = end + 1;
	}
	text_append(text, sentence);
}
