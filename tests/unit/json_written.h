/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_JSON_WRITTEN_H
#define TESTS_JSON_WRITTEN_H

/* A JSON writer into a text, and what jansson writes. */

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/text.h"

/* A writer, what came out of it, and whether it takes any more. */
struct json_written {
	struct json_writer writer;
	struct text text;
	size_t takes;
	int error; /* what the next bytes are answered with */
};

static inline int json_written_take(void *context, const char *bytes, size_t length)
{
	struct json_written *written = context;

	assert_true(length > 0 && length <= JSON_WRITER_BYTES);
	assert_false(written->takes && written->error);
	written->takes++;
	if (!written->error)
		text_append_bytes(&written->text, bytes, length);
	return written->error;
}

static inline struct json_writer *json_written_start(struct json_written *written, bool lines)
{
	memset(&written->writer, 0xa5, sizeof(written->writer));
	written->text = (struct text){0};
	written->takes = 0;
	written->error = 0;
	json_writer_init(&written->writer, json_written_take, written, lines);
	return &written->writer;
}

static inline void json_written_expect(struct json_written *written, const char *expected)
{
	assert_int_equal(json_writer_finish(&written->writer), 0);
	assert_string_equal(text_string(&written->text), expected);
	text_finish(&written->text);
}

/* What jansson writes of the value, and a newline. */
static inline char *json_written_dump(json_t *value, size_t flags)
{
	char *bytes = json_dumps(value, flags | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	struct text text = {0};

	assert_non_null(bytes);
	text_append(&text, bytes);
	text_append_char(&text, '\n');
	free(bytes);
	json_decref(value);
	return text.bytes;
}

#endif
