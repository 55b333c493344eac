/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/code_line.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

void code_line_append(struct text *bytes, const struct code_line *line)
{
	text_append_bytes(bytes, (const char *)&line->index, sizeof(line->index));
	text_append_bytes(bytes, (const char *)&line->line, sizeof(line->line));
	text_append_bytes(bytes, line->function, strlen(line->function) + 1);
	text_append_bytes(bytes, line->file, strlen(line->file) + 1);
}

static int take_number(const char **at, const char *end, uint32_t *ret_number)
{
	if ((size_t)(end - *at) < sizeof(*ret_number))
		return -EBADMSG;
	memcpy(ret_number, *at, sizeof(*ret_number));
	*at += sizeof(*ret_number);
	return 0;
}

static int take_string(const char **at, const char *end, const char **ret_string)
{
	const char *nul = memchr(*at, '\0', (size_t)(end - *at));

	if (!nul)
		return -EBADMSG;
	*ret_string = *at;
	*at = nul + 1;
	return 0;
}

int code_line_take(const char **at, const char *end, struct code_line *ret_line)
{
	const char *next = *at;
	struct code_line line;

	if (next == end)
		return -ENODATA;
	if (take_number(&next, end, &line.index) || take_number(&next, end, &line.line) ||
	    take_string(&next, end, &line.function) || take_string(&next, end, &line.file))
		return -EBADMSG;
	*at = next;
	*ret_line = line;
	return 0;
}
