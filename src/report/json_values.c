/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/json_values.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/target.h"

/* jansson takes valid UTF-8 only. */
json_t *json_values_string(const char *bytes)
{
	size_t length = strlen(bytes);
	struct text text = {0};
	uint32_t codepoint;
	json_t *value;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_decode(bytes + i, length - i, &codepoint);
		if (step) {
			text_append_bytes(&text, bytes + i, step);
		} else {
			text_append_format(&text, "\\x%02x", (unsigned char)bytes[i]);
			step = 1;
		}
	}
	value = json_stringn(text_string(&text), text.length);
	text_finish(&text);
	return value;
}

json_t *json_values_number(uint64_t number)
{
	return number <= INT64_MAX ? json_integer((json_int_t)number) : json_real((double)number);
}

json_t *json_values_number_or_null(uint64_t number)
{
	return number == TARGET_UNKNOWN ? json_null() : json_values_number(number);
}

json_t *json_values_address(uint64_t address)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "0x%" PRIx64, address);
	return json_string(digits);
}

json_t *json_values_time(int64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / 1000000000);
	char text[40];
	struct tm tm;
	size_t length;

	gmtime_r(&seconds, &tm);
	length = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + length, sizeof(text) - length, ".%03dZ", (int)(time_ns / 1000000 % 1000));
	return json_string(text);
}

struct append {
	struct text *text;
	int indent;
};

/* Strings hold no newline byte; and nothing but strings holds DEL. */
static int append_safely(const char *bytes, size_t length, void *data)
{
	struct append *append = data;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\x7f')
			text_append(append->text, "\\u007F");
		else
			text_append_char(append->text, bytes[i]);
		if (bytes[i] == '\n')
			text_append_format(append->text, "%*s", append->indent, "");
	}
	return 0;
}

int json_values_append(struct text *text, const json_t *value, size_t flags, int indent)
{
	struct append append = {text, indent};

	return json_dump_callback(value, append_safely, &append, flags | JSON_ENSURE_ASCII)
		       ? -EINVAL
		       : 0;
}

void json_values_take_memory(void)
{
	json_set_alloc_funcs(memory_alloc, free);
}
