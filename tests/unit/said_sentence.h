/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SAID_SENTENCE_H
#define TESTS_UNIT_SAID_SENTENCE_H

/* What message_say() wrote. */

#include <string.h>

/* One sentence, one line, no control bytes. */
static inline void check_sentence(const char *said, const char *part)
{
	assert_int_equal(strncmp(said, "vastop: ", 8), 0);
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	assert_int_equal(said[strlen(said) - 2], '.');
	for (const char *at = said; at[1]; at++)
		assert_true((unsigned char)*at >= 0x20);
	if (!strstr(said, part))
		fail_msg("'%s' is not in: %s", part, said);
}

#endif
