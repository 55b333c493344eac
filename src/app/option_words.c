/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_words.h"

#include <stdio.h>
#include <string.h>

#include "app/options.h"
#include "kernel/avoid.h"

#define WORDS_MAX 8

static const char *const words_of[OPTION_WORDS_LISTS][WORDS_MAX] = {
	[OPTION_WORDS_FORMAT] = {[FORMAT_PICTURE] = "picture",
				 [FORMAT_TABLE] = "table",
				 [FORMAT_CSV] = "csv",
				 [FORMAT_JSON] = "json",
				 [FORMAT_SVG] = "svg",
				 [FORMAT_OPENMETRICS] = "openmetrics",
				 [FORMAT_FOLDED] = "folded"},
	[OPTION_WORDS_COLOUR] =
		{[COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"},
	[OPTION_WORDS_SCALE] =
		{[SCALE_LOG] = "log", [SCALE_LINEAR] = "linear", [SCALE_EQUAL] = "equal"},
	[OPTION_WORDS_BACKGROUND] = {"light", "dark"},
	[OPTION_WORDS_SHELL] =
		{[COMPLETION_BASH] = "bash", [COMPLETION_ZSH] = "zsh", [COMPLETION_FISH] = "fish"},
};

_Static_assert((int)FORMAT_COUNT < WORDS_MAX, "NULL is behind the last");

const char *option_word(enum option_words words, size_t index)
{
	switch (words) {
	case OPTION_WORDS_AVOID: return avoid_name(index);
	case OPTION_WORDS_FIELDS: return index < FIELD_COUNT ? field_name(index) : NULL;
	default: return index < WORDS_MAX ? words_of[words][index] : NULL;
	}
}

/* "log, linear or equal" */
static void say_allowed(enum option_words words, struct option_mistake *mistake)
{
	size_t length = 0;
	const char *word;

	for (size_t i = 0; (word = option_word(words, i)) != NULL; i++) {
		const char *before = !i ? "" : option_word(words, i + 1) ? ", " : " or ";

		length += (size_t)snprintf(mistake->allowed + length,
					   sizeof(mistake->allowed) - length, "%s%s", before, word);
	}
	mistake->wrong = NULL;
}

int option_word_find(enum option_words words, const char *value, struct option_mistake *mistake)
{
	const char *word;

	for (int i = 0; (word = option_word(words, (size_t)i)) != NULL; i++)
		if (!strcmp(value, word))
			return i;
	say_allowed(words, mistake);
	return -1;
}
