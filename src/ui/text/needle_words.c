/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/needle_words.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "inside/memory_search.h"
#include "model/address_space.h"
#include "model/place.h"
#include "ui/text/place_words.h"

unsigned needle_words_word(const struct address_space *space)
{
	return space->user_end > UINT32_MAX + UINT64_C(1) ? 8 : 4;
}

/* What is behind the sign of an address. */
static int read_address(const struct address_space *space, const char *line,
			struct memory_needle *ret_needle, struct text *why)
{
	struct place_mistake mistake;
	uint64_t address;

	if (place_find(space, line + 1, strlen(line + 1), &address, &mistake)) {
		mistake.offset++;
		place_words_append(why, space, line, &mistake);
		return -EINVAL;
	}
	*ret_needle = memory_needle_of_address(address, needle_words_word(space));
	return 0;
}

int needle_words_read(const struct address_space *space, const char *line,
		      struct memory_needle *ret_needle, struct text *why)
{
	int error;

	if (line[0] == '&')
		return read_address(space, line, ret_needle, why);
	error = memory_needle_parse(line, strlen(line), ret_needle);
	if (!error)
		return 0;
	if (error == -E2BIG)
		text_append_format(why, "That is too long; at most %d bytes are looked for.",
				   MEMORY_NEEDLE_MAX);
	else if (!strncasecmp(line, "0x", 2))
		text_append(why, "Expected pairs of hexadecimal digits after 0x, as in "
				 "0x7f454c46; \"0x\" in quotation marks is text.");
	else
		text_append(why, "Expected a text, bytes as in 0x7f454c46, or an address as in "
				 "&heap.");
	return -EINVAL;
}
