/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The largest numbers, each letter, and how large a list may grow at once. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "procfs/maps_parser.h"

static int parse(struct maps_parser *parser, const char *text)
{
	int error;

	maps_parser_reset(parser);
	error = maps_parser_feed(parser, text, strlen(text));
	return error ? error : maps_parser_end(parser);
}

static void numbers_have_borders(void **state)
{
	static const struct {
		const char *line;
		int error;
	} lines[] = {
		{"0-ffffffffffffffff r--p ffffffffffffffff ffffffff:ffffffff "
		 "18446744073709551615\n",
		 0},
		{"0-0ffffffffffffffff r--p 0 0:0 0\n", -EBADMSG},
		{"00000000000000000-1000 r--p 0 0:0 0\n", -EBADMSG},
		{"0-1 r--p 00000000000000000 0:0 0\n", -EBADMSG},
		{"0-1 r--p 0 100000000:0 0\n", -EBADMSG},
		{"0-1 r--p 0 0:100000000 0\n", -EBADMSG},
		{"0-1 r--p 0 0:0 18446744073709551620\n", -EBADMSG},
		{"0-1 r--p 0 0:0 184467440737095516150\n", -EBADMSG},
		{"aF-bB r--p aB 0:0 0\n", 0},
	};
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(parse(&parser, lines[i].line), lines[i].error);
	assert_int_equal(parser.vmas[0].start, 0xaf);
	assert_int_equal(parser.vmas[0].end, 0xbb);
	assert_int_equal(parse(&parser, lines[0].line), 0);
	assert_true(parser.vmas[0].end == UINT64_MAX && parser.vmas[0].offset == UINT64_MAX);
	assert_true(parser.vmas[0].dev_major == UINT32_MAX &&
		    parser.vmas[0].dev_minor == UINT32_MAX);
	assert_true(parser.vmas[0].inode == UINT64_MAX);
	maps_parser_finish(&parser);
}

static void each_permission_has_its_letter(void **state)
{
	static const char letters[4][3] = {"-r", "-w", "-x", "ps"};
	static const uint8_t bits[4] = {PERM_READ, PERM_WRITE, PERM_EXEC, PERM_SHARED};
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (unsigned set = 0; set < 16; set++) {
		char line[] = "1000-2000 ---- 0 0:0 0\n";
		uint8_t perms = 0;

		for (unsigned i = 0; i < 4; i++) {
			line[10 + i] = letters[i][set >> i & 1];
			perms |= set >> i & 1 ? bits[i] : 0;
		}
		assert_int_equal(parse(&parser, line), 0);
		assert_int_equal(parser.vmas[0].perms, perms);
		for (unsigned i = 0; i < 4; i++) {
			char right = line[10 + i];

			line[10 + i] = 'q';
			assert_int_equal(parse(&parser, line), -EBADMSG);
			line[10 + i] = right;
		}
	}
	maps_parser_finish(&parser);
}

/* For a list of 640 there is room for 64th more, and for 16. */
static void a_list_has_room_to_grow(void **state)
{
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (int given = 0; given < 2; given++) {
		maps_parser_reset(&parser);
		assert_int_equal(parser.capacity, given ? 640 + 10 + 16 : 0);
		for (uint64_t i = 0; i < 640; i++) {
			const struct vma vma = {.start = i << 12, .end = (i + 1) << 12, .name = ""};

			maps_parser_add(&parser, &vma);
		}
		free(maps_parser_give_away(&parser));
		assert_int_equal(parser.capacity, 0);
	}
	maps_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_borders),
		cmocka_unit_test(each_permission_has_its_letter),
		cmocka_unit_test(a_list_has_room_to_grow),
	};

	return cmocka_run_group_tests_name("maps_parser_borders", tests, NULL, NULL);
}
