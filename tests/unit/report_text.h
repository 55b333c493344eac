/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_REPORT_TEXT_H
#define TESTS_UNIT_REPORT_TEXT_H

#include <stdio.h>
#include <stdlib.h>

#include "report/part.h"

/* A report's stream in memory. */
struct report_text {
	FILE *stream;
	char *bytes;
	size_t length;
};

static inline void report_text_begin(struct report_text *text)
{
	text->stream = open_memstream(&text->bytes, &text->length);
	assert_non_null(text->stream);
}

/* Ends it; the caller frees the bytes. */
static inline char *report_text_end(struct report_text *text)
{
	assert_int_equal(fclose(text->stream), 0);
	return text->bytes;
}

#endif
