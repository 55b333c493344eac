/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/site_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "inside/code_frame.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void append_escaped(struct text *text, const char *bytes)
{
	utf8_append_escaped(text, bytes, strlen(bytes));
}

void site_words_append_function(struct text *text, const struct code_frame *frame)
{
	if (!frame) {
		text_append(text, "all others");
	} else if (frame->function) {
		append_escaped(text, frame->function);
	} else {
		append_escaped(text, *frame->module ? base_name(frame->module) : "code");
		text_append_format(text, "+0x%" PRIx64, frame->offset);
	}
}

void site_words_append_source(struct text *text, const struct code_frame *frame)
{
	if (!frame || (!frame->file && !(frame->function && *frame->module)))
		return;
	text_append(text, "  ");
	append_escaped(text, base_name(frame->file ? frame->file : frame->module));
	if (frame->file && frame->line)
		text_append_format(text, ":%" PRIu32, frame->line);
}
