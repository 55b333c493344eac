/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/place_option.h"

#include <string.h>

#include "app/message.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/place.h"
#include "ui/text/place_words.h"

int place_option_find(const struct address_space *space, const char *option, const char *expression,
		      uint64_t *ret_address)
{
	struct text escaped = {0}, sentence = {0};
	struct place_mistake mistake;

	if (!place_find(space, expression, strlen(expression), ret_address, &mistake))
		return EXIT_DONE;
	utf8_append_escaped(&escaped, expression, strlen(expression));
	place_words_append(&sentence, space, expression, &mistake);
	message_say("--%s='%s': %s", option, text_string(&escaped), text_string(&sentence));
	text_finish(&escaped);
	text_finish(&sentence);
	return EXIT_USAGE;
}
