/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "procfs/maps_parser.h"

static const char three_lines[] =
	"55f6b323d000-55f6b326c000 r--p 00000000 fe:00 247113                     /usr/bin/bash\n"
	"55f6b326c000-55f6b333b000 r-xp 0002f000 103:1f 247113                     /usr/bin/bash\n"
	"ffffffffff600000-ffffffffff601000 --xs 00000000 00:00 0 \n";

static int parse(struct maps_parser *parser, const char *text)
{
	int error;

	maps_parser_reset(parser);
	error = maps_parser_feed(parser, text, strlen(text));
	return error ? error : maps_parser_end(parser);
}

static void check_three_lines(const struct maps_parser *parser)
{
	const struct vma *vmas = parser->vmas;

	assert_int_equal(parser->count, 3);
	assert_int_equal(vmas[0].start, 0x55f6b323d000);
	assert_int_equal(vmas[0].end, 0x55f6b326c000);
	assert_int_equal(vmas[0].perms, PERM_READ);
	assert_int_equal(vmas[0].inode, 247113);
	assert_string_equal(vmas[0].name, "/usr/bin/bash");
	assert_int_equal(vmas[1].perms, PERM_READ | PERM_EXEC);
	assert_int_equal(vmas[1].offset, 0x2f000);
	assert_int_equal(vmas[1].dev_major, 0x103);
	assert_int_equal(vmas[1].dev_minor, 0x1f);
	assert_ptr_equal(vmas[1].name, vmas[0].name);
	assert_true(vmas[2].start == UINT64_C(0xffffffffff600000));
	assert_true(vmas[2].end == UINT64_C(0xffffffffff601000));
	assert_int_equal(vmas[2].perms, PERM_EXEC | PERM_SHARED);
	assert_string_equal(vmas[2].name, "");
	assert_int_equal(vmas[2].kind | vmas[2].kind_source | vmas[2].owner | vmas[2].tid, 0);
	assert_false(vmas[2].deleted);
}

static void reads_every_field(void **state)
{
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, three_lines), 0);
	check_three_lines(&parser);
	maps_parser_finish(&parser);
}

static void pieces_may_end_anywhere(void **state)
{
	struct maps_parser parser;
	size_t length = strlen(three_lines);

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t piece = 1; piece <= length; piece++) {
		maps_parser_reset(&parser);
		for (size_t at = 0; at < length; at += piece) {
			size_t take = length - at < piece ? length - at : piece;

			assert_int_equal(maps_parser_feed(&parser, three_lines + at, take), 0);
		}
		assert_int_equal(maps_parser_end(&parser), 0);
		check_three_lines(&parser);
	}
	maps_parser_finish(&parser);
}

static void takes_names_as_they_are(void **state)
{
	static const char *const names[] = {
		"[heap]",
		"/a b  c ",
		"/new\\012line",
		"/gone (deleted)",
		"/memfd:my memfd (deleted)",
		"[anon:arena 1]",
		"anon_inode:[perf_event]",
		"/\x1b[31m\xff\x01",
	};
	struct maps_parser parser;
	char line[256];

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(line, sizeof(line), "1000-2000 rwxp 00000000 00:00 7    %s\n", names[i]);
		assert_int_equal(parse(&parser, line), 0);
		assert_int_equal(parser.count, 1);
		assert_string_equal(parser.vmas[0].name, names[i]);
	}
	maps_parser_finish(&parser);
}

static void a_name_may_be_longer_than_a_page(void **state)
{
	enum { LENGTH = 100000 };
	struct maps_parser parser;
	char *name = malloc(LENGTH + 1);

	(void)state;
	memset(name, 'x', LENGTH);
	name[0] = '/';
	name[LENGTH] = '\0';
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(maps_parser_feed(&parser, "1000-2000 r--p 0 0:0 1 ", 23), 0);
	for (int i = 0; i < LENGTH; i += 1000)
		assert_int_equal(maps_parser_feed(&parser, name + i, 1000), 0);
	assert_int_equal(maps_parser_end(&parser), 0);
	assert_int_equal(parser.count, 1);
	assert_string_equal(parser.vmas[0].name, name);
	free(name);
	maps_parser_finish(&parser);
}

static void an_endless_line_is_refused(void **state)
{
	static char zeroes[65536];
	struct maps_parser parser;
	size_t fed = 0;
	int error = 0;

	(void)state;
	memset(zeroes, '0', sizeof(zeroes));
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (; !error && fed < 2 * LINES_LONGEST; fed += sizeof(zeroes))
		error = maps_parser_feed(&parser, zeroes, sizeof(zeroes));
	assert_int_equal(error, -EBADMSG);
	assert_true(parser.lines.tail.length <= LINES_LONGEST);
	maps_parser_finish(&parser);
}

static void refuses_what_no_kernel_writes(void **state)
{
	static const char *const lines[] = {
		"\n",
		"1000-1000 r--p 0 0:0 0\n",
		"2000-1000 r--p 0 0:0 0\n",
		"-1000 r--p 0 0:0 0\n",
		"1000 r--p 0 0:0 0\n",
		"g000-h000 r--p 0 0:0 0\n",
		"10000000000000000-20000000000000000 r--p 0 0:0 0\n",
		"1000-2000 r--x 0 0:0 0\n",
		"1000-2000 r-- 0 0:0 0\n",
		"1000-2000 rwxp\n",
		"1000-2000 rwxp 0\n",
		"1000-2000 rwxp 0 00\n",
		"1000-2000 rwxp 0 100000000:0 0\n",
		"1000-2000 rwxp 0 0:0 \n",
		"1000-2000 rwxp 0 0:0 18446744073709551616\n",
		"1000-2000 rwxp 0 0:0 1x\n",
	};
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(parse(&parser, lines[i]), -EBADMSG);
	maps_parser_reset(&parser);
	assert_int_equal(maps_parser_feed(&parser, "1000-2000 rwxp 0 0:0 1 /a\0b\n", 28), -EBADMSG);
	assert_int_equal(parse(&parser, three_lines), 0);
	check_three_lines(&parser);
	maps_parser_finish(&parser);
}

static void check_ranges(const char *text, const uint64_t (*ranges)[2], size_t count)
{
	struct maps_parser parser;

	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, text), 0);
	assert_int_equal(parser.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(parser.vmas[i].start, ranges[i][0]);
		assert_int_equal(parser.vmas[i].end, ranges[i][1]);
	}
	maps_parser_finish(&parser);
}

static void torn_lines_become_disjoint(void **state)
{
	(void)state;
	/* Clipped to the end of the one before. */
	check_ranges("1000-3000 r--p 0 0:0 0\n2000-5000 rw-p 0 0:0 0\n",
		     (const uint64_t[][2]){{0x1000, 0x3000}, {0x3000, 0x5000}}, 2);
	/* The same start: the later one counts, be it larger or smaller. */
	check_ranges("1000-3000 r--p 0 0:0 0\n1000-5000 rw-p 0 0:0 0\n",
		     (const uint64_t[][2]){{0x1000, 0x5000}}, 1);
	check_ranges("1000-5000 r--p 0 0:0 0\n1000-3000 rw-p 0 0:0 0\n3000-5000 r--p 0 0:0 0\n",
		     (const uint64_t[][2]){{0x1000, 0x3000}, {0x3000, 0x5000}}, 2);
	/* The same start as one that was clipped. */
	check_ranges("1000-3000 r--p 0 0:0 0\n2000-8000 r--p 0 0:0 0\n2000-5000 rw-p 0 0:0 0\n",
		     (const uint64_t[][2]){{0x1000, 0x3000}, {0x3000, 0x5000}}, 2);
	/* Wholly inside, or before. */
	check_ranges("4000-9000 r--p 0 0:0 0\n5000-9000 rw-p 0 0:0 0\n1000-2000 rw-p 0 0:0 0\n",
		     (const uint64_t[][2]){{0x4000, 0x9000}}, 1);
}

static void clipping_moves_the_file_offset_along(void **state)
{
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, "1000-3000 r--p 0 0:0 0\n2000-5000 rw-p 7000 0:1 9 /f\n"),
			 0);
	assert_int_equal(parser.vmas[1].offset, 0x8000);
	assert_int_equal(parse(&parser, "1000-3000 r--p 0 0:0 0\n2000-5000 rw-p 0 0:0 0\n"), 0);
	assert_int_equal(parser.vmas[1].offset, 0);
	maps_parser_finish(&parser);
}

static void a_list_reuses_memory_and_names(void **state)
{
	struct maps_parser parser;
	const struct vma *vmas;
	const char *name;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, three_lines), 0);
	vmas = parser.vmas;
	name = parser.vmas[0].name;
	parser.vmas[0].kind = KIND_HEAP;
	parser.vmas[2].deleted = true;
	assert_int_equal(parse(&parser, three_lines), 0);
	check_three_lines(&parser);
	assert_int_equal(parser.vmas[0].kind, 0);
	assert_ptr_equal(parser.vmas, vmas);
	assert_ptr_equal(parser.vmas[0].name, name);
	maps_parser_finish(&parser);
}

static void a_list_is_given_away(void **state)
{
	struct maps_parser parser;
	struct vma *vmas;
	size_t capacity;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, three_lines), 0);
	vmas = maps_parser_give_away(&parser);
	assert_int_equal(parser.count, 3);
	assert_null(parser.vmas);
	assert_true(vmas[0].start < vmas[2].start);
	/* The next one has memory of its own, for as many, whether the first is still there or not.
	 */
	maps_parser_reset(&parser);
	capacity = parser.capacity;
	assert_in_range(capacity, 3, 32);
	assert_int_equal(parse(&parser, three_lines), 0);
	check_three_lines(&parser);
	assert_int_equal(parser.capacity, capacity);
	assert_ptr_not_equal(parser.vmas, vmas);
	free(vmas);
	maps_parser_finish(&parser);
}

/* What was parsed line by line settles as in a text. */
static void mappings_can_be_added(void **state)
{
	static const uint64_t ranges[][2] = {{0x1000, 0x3000},
					     {0x2000, 0x5000},
					     {0x2000, 0x3000},
					     {0x6000, 0x7000},
					     {0x6000, 0x9000}};
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < 5; i++) {
		const struct vma vma = {
			.start = ranges[i][0], .end = ranges[i][1], .inode = 1, .name = ""};

		maps_parser_add(&parser, &vma);
	}
	assert_int_equal(parser.count, 3);
	assert_int_equal(parser.vmas[0].end, 0x3000);
	assert_int_equal(parser.vmas[1].start, 0x3000);
	assert_int_equal(parser.vmas[1].offset, 0x1000);
	assert_int_equal(parser.vmas[2].start, 0x6000);
	assert_int_equal(parser.vmas[2].end, 0x9000);
	maps_parser_finish(&parser);
}

/* Half a line is forgotten with the rest. */
static void another_text_begins_with_nothing(void **state)
{
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(maps_parser_feed(&parser, three_lines, strlen(three_lines) - 9), 0);
	assert_int_equal(parse(&parser, three_lines), 0);
	check_three_lines(&parser);
	maps_parser_finish(&parser);
}

static void names_do_not_pile_up(void **state)
{
	struct maps_parser parser;
	char line[4096];

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (int i = 0; i < 2000; i++) {
		snprintf(line, sizeof(line), "1000-2000 r--p 0 0:1 1 /%03000d\n", i);
		assert_int_equal(parse(&parser, line), 0);
		assert_true(name_pool_size(&parser.names) < 2 << 20);
	}
	maps_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_field),
		cmocka_unit_test(pieces_may_end_anywhere),
		cmocka_unit_test(takes_names_as_they_are),
		cmocka_unit_test(a_name_may_be_longer_than_a_page),
		cmocka_unit_test(an_endless_line_is_refused),
		cmocka_unit_test(refuses_what_no_kernel_writes),
		cmocka_unit_test(torn_lines_become_disjoint),
		cmocka_unit_test(clipping_moves_the_file_offset_along),
		cmocka_unit_test(a_list_reuses_memory_and_names),
		cmocka_unit_test(a_list_is_given_away),
		cmocka_unit_test(mappings_can_be_added),
		cmocka_unit_test(another_text_begins_with_nothing),
		cmocka_unit_test(names_do_not_pile_up),
	};

	return cmocka_run_group_tests_name("maps_parser", tests, NULL, NULL);
}
