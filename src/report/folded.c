/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/folded.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "inside/call_sites.h"

static void append_name(struct text *line, const char *name)
{
	const size_t start = line->length;

	utf8_append_escaped(line, name, strlen(name));
	for (size_t i = start; i < line->length; i++)
		if (line->bytes[i] == ';')
			line->bytes[i] = ':';
}

/* Of a function that is not known the last part of its module's path, and where in that. */
static void append_frame(struct text *line, const struct code_frame *frame)
{
	const char *slash = strrchr(frame->module, '/');

	if (frame->function) {
		append_name(line, frame->function);
		return;
	}
	if (*frame->module)
		append_name(line, slash ? slash + 1 : frame->module);
	else
		text_append(line, "[unknown]");
	text_append_format(line, "+0x%" PRIx64, frame->offset);
}

int folded_write(FILE *stream, const char *name, const struct call_sites *sites)
{
	struct text line = {0};

	for (size_t i = 0; i < sites->stack_count && !ferror(stream); i++) {
		const struct called_stack *stack = &sites->stacks[i];

		text_clear(&line);
		append_name(&line, name);
		for (uint32_t j = stack->count; j-- > 0;) {
			text_append_char(&line, ';');
			append_frame(&line, &stack->frames[j]);
		}
		if (!stack->count)
			text_append(&line, ";[other stacks]");
		fprintf(stream, "%s %" PRIu64 "\n", text_string(&line), stack->bytes);
	}
	text_finish(&line);
	return ferror(stream) ? -EIO : 0;
}
