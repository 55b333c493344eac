/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/cmdline_parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void cmdline_parse(struct cmdline *cmdline, const char *bytes, size_t length)
{
	const char *end = bytes + length;

	cmdline->count = 0;
	for (const char *at = bytes; at < end; at += strlen(at) + 1) {
		cmdline->arguments =
			memory_array_grow(cmdline->arguments, cmdline->count, &cmdline->capacity,
					  sizeof(*cmdline->arguments));
		cmdline->arguments[cmdline->count++] = at;
	}
}

void cmdline_finish(struct cmdline *cmdline)
{
	free(cmdline->arguments);
	*cmdline = (struct cmdline){0};
}
