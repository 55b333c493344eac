/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/hex_dump.h"

#define PAGE 64 /* a page so small that a test shows several */

/* The dump of the bytes, given in pieces of so many. */
static char *dump(uint64_t address, const void *bytes, size_t size, uint8_t absent, size_t piece)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	struct hex_dump made;

	assert_non_null(stream);
	hex_dump_begin(&made, stream, address);
	for (size_t at = 0; at < size; at += piece) {
		uint8_t map = (uint8_t)(absent >> ((address % PAGE + at) / PAGE));

		hex_dump_add(&made, (const uint8_t *)bytes + at,
			     at + piece < size ? piece : size - at, &map, PAGE);
	}
	hex_dump_end(&made);
	fclose(stream);
	return text;
}

/* What hexdump -C -s 0x400005 wrote of a file that has these bytes there. */
static void lines_are_those_of_hexdump(void **state)
{
	static const char bytes[] = "AZaz09 ~\x7f\x80\xff\0\t\n!\"#end";
	static const char wanted[] =
		"00400005  41 5a 61 7a 30 39 20 7e  7f 80 ff 00 09 0a 21 22  |AZaz09 ~......!\"|\n"
		"00400015  23 65 6e 64                                       |#end|\n"
		"00400019\n";

	(void)state;
	for (size_t piece = 1; piece < 22; piece++) {
		char *text = dump(0x400005, bytes, 20, 0, piece);

		assert_string_equal(text, wanted);
		free(text);
	}
}

static void repeated_lines_are_a_star(void **state)
{
	const uint8_t zeroes[72] = {[32] = 1};
	char *text = dump(0x7f83aa53e000, zeroes, 72, 0, 72);

	(void)state;
	assert_string_equal(text, "7f83aa53e000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  "
				  "|................|\n"
				  "*\n"
				  "7f83aa53e020  01 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  "
				  "|................|\n"
				  "7f83aa53e030  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  "
				  "|................|\n"
				  "7f83aa53e040  00 00 00 00 00 00 00 00                           "
				  "|........|\n"
				  "7f83aa53e048\n");
	free(text);
	text = dump(0x1000, zeroes + 40, 32, 0, 16);
	assert_string_equal(text, "00001000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  "
				  "|................|\n*\n00001020\n");
	free(text);
}

/* They are no zeroes: a line of these is another one. */
static void absent_bytes_are_question_marks(void **state)
{
	const uint8_t bytes[3 * PAGE] = {0};
	char *text = dump(8, bytes, sizeof(bytes) - 8, 2, sizeof(bytes));

	(void)state;
	assert_string_equal(
		text,
		"00000008  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n"
		"*\n"
		"00000038  00 00 00 00 00 00 00 00  ?? ?? ?? ?? ?? ?? ?? ??  |........????????|\n"
		"00000048  ?? ?? ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  |????????????????|\n"
		"*\n"
		"00000078  ?? ?? ?? ?? ?? ?? ?? ??  00 00 00 00 00 00 00 00  |????????........|\n"
		"00000088  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n"
		"*\n"
		"000000b8  00 00 00 00 00 00 00 00                           |........|\n"
		"000000c0\n");
	free(text);
}

static void of_nothing_nothing_is_written(void **state)
{
	char *text = dump(0x1000, "", 0, 0, 1);

	(void)state;
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_those_of_hexdump),
		cmocka_unit_test(repeated_lines_are_a_star),
		cmocka_unit_test(absent_bytes_are_question_marks),
		cmocka_unit_test(of_nothing_nothing_is_written),
	};

	return cmocka_run_group_tests_name("hex_dump", tests, NULL, NULL);
}
