/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/cpu_flags_parser.h"

#include <string.h>

#include "procfs/lines.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool cpu_flags_contain(const char *bytes, const char *end, const char *word)
{
	const size_t length = strlen(word);

	while (bytes < end) {
		const char *start;

		while (bytes < end && is_blank(*bytes))
			bytes++;
		start = bytes;
		while (bytes < end && !is_blank(*bytes))
			bytes++;
		if ((size_t)(bytes - start) == length && length && !memcmp(start, word, length))
			return true;
	}
	return false;
}

/* Where the words of the line begin, behind "flags\t\t: "; NULL of another line. */
static const char *find_words(const char *line, const char *end)
{
	static const char *const keys[] = {"flags", "Features"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t length = strlen(keys[i]);
		const char *at = line + length;

		if ((size_t)(end - line) <= length || memcmp(line, keys[i], length) != 0)
			continue;
		while (at < end && is_blank(*at))
			at++;
		if (at < end && *at == ':')
			return at + 1;
	}
	return NULL;
}

bool cpu_flags_have(const char *bytes, size_t length, const char *feature)
{
	const char *end = bytes + length, *line, *line_end;

	while (lines_next(&bytes, end, &line, &line_end)) {
		const char *words = find_words(line, line_end);

		if (words && cpu_flags_contain(words, line_end, feature))
			return true;
	}
	return false;
}
