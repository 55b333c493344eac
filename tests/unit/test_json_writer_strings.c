/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "json_written.h"
#include "random_space.h"

static void strings_of_any_bytes(void **state)
{
	static const struct {
		const char *bytes, *text;
	} examples[] = {
		{"", "\"\"\n"},
		{"/a \"b\"\\", "\"/a \\\"b\\\"\\\\\"\n"},
		{"\b\f\n\r\t\001\033\177", "\"\\b\\f\\n\\r\\t\\u0001\\u001B\\u007F\"\n"},
		{"\xc3\xa9\xe2\x82\xac", "\"\\u00E9\\u20AC\"\n"},
		{"\xf0\x9f\x98\x80", "\"\\uD83D\\uDE00\"\n"},
		{"\xf4\x8f\xbf\xbf", "\"\\uDBFF\\uDFFF\"\n"},
		/* No UTF-8: overlong, a surrogate, too large, cut short. */
		{"\xff\xc0\xafx\xc3", "\"\\\\xff\\\\xc0\\\\xafx\\\\xc3\"\n"},
		{"\xed\xa0\x80", "\"\\\\xed\\\\xa0\\\\x80\"\n"},
		{"\xf4\x90\x80\x80", "\"\\\\xf4\\\\x90\\\\x80\\\\x80\"\n"},
		{"\xe2\x82", "\"\\\\xe2\\\\x82\"\n"},
		/* Controls that terminals know as one character. */
		{"\xc2\x9b"
		 "2J\xc2\xad",
		 "\"\\u009B2J\\u00AD\"\n"},
	};
	struct json_written written;

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		json_writer_string(json_written_start(&written, true), NULL, examples[i].bytes);
		json_written_expect(&written, examples[i].text);
	}
}

/* The string as jansson is to write it, which takes valid UTF-8 only. */
static char *expected_string(const char *bytes)
{
	size_t length = strlen(bytes);
	struct text text = {0}, safe = {0};
	uint32_t codepoint;
	char *dumped;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_decode(bytes + i, length - i, &codepoint);
		if (step) {
			text_append_bytes(&text, bytes + i, step);
		} else {
			text_append_format(&text, "\\x%02x", (unsigned char)bytes[i]);
			step = 1;
		}
	}
	dumped = json_written_dump(json_stringn(text_string(&text), text.length), 0);
	/* Which leaves DEL as it is. */
	for (size_t i = 0; dumped[i]; i++)
		if (dumped[i] == '\177')
			text_append(&safe, "\\u007F");
		else
			text_append_char(&safe, dumped[i]);
	free(dumped);
	text_finish(&text);
	return safe.bytes;
}

static void check_string(const char *bytes)
{
	char *expected = expected_string(bytes);
	struct json_written written;

	json_writer_string(json_written_start(&written, false), NULL, bytes);
	json_written_expect(&written, expected);
	free(expected);
}

/* A byte that is plain, or with that chance in a hundred a special one, or any. */
static char random_byte(struct random *random, uint64_t chance)
{
	static const char special[] =
		"\"\\\177\n\t\001\037 !~\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff";

	if (random_below(random, 100) >= chance)
		return (char)(' ' + random_below(random, 95));
	if (random_below(random, 2))
		return special[random_below(random, sizeof(special) - 1)];
	return (char)(1 + random_below(random, 255));
}

static void random_strings_are_as_jansson_writes_them(void **state)
{
	struct random random = {1};
	char bytes[400];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t length = random_below(&random, i % 50 ? 40 : sizeof(bytes));
		uint64_t chance = random_below(&random, 100);

		for (size_t j = 0; j < length; j++)
			bytes[j] = random_byte(&random, chance);
		bytes[length] = '\0';
		check_string(bytes);
	}
}

static void each_byte_at_each_place(void **state)
{
	char bytes[20];

	(void)state;
	for (int byte = 1; byte < 256; byte++)
		for (size_t at = 0; at < sizeof(bytes) - 1; at++) {
			memset(bytes, 'x', sizeof(bytes) - 1);
			bytes[sizeof(bytes) - 1] = '\0';
			bytes[at] = (char)byte;
			check_string(bytes);
		}
}

static void long_strings_go_through_the_buffer(void **state)
{
	size_t length = 5 * JSON_WRITER_BYTES;
	char *bytes = memory_alloc(length + 1);

	(void)state;
	memset(bytes, 'x', length);
	check_string(bytes);
	memset(bytes, '\001', length);
	check_string(bytes);
	/* A character of several bytes lies across each border there may be. */
	for (size_t shift = 0; shift < 4; shift++) {
		memset(bytes, 'x', shift);
		for (size_t i = shift; i + 4 <= length; i += 4)
			memcpy(bytes + i, "\xf0\x9f\x98\x80", 4);
		bytes[length - 4 + shift] = '\0';
		check_string(bytes);
	}
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_of_any_bytes),
		cmocka_unit_test(random_strings_are_as_jansson_writes_them),
		cmocka_unit_test(each_byte_at_each_place),
		cmocka_unit_test(long_strings_go_through_the_buffer),
	};

	return cmocka_run_group_tests_name("json_writer_strings", tests, NULL, NULL);
}
