/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/target.h"
#include "model/usage.h"
#include "model/usage.h"
#include "procfs/smaps_parser.h"

static const char text[] =
	"55d0c0000000-55d0c0002000 r--p 00000000 fe:00 12 /bin/x y: 1 kB\n"
	"Size:                  8 kB\nKernelPageSize:        4 kB\nMMUPageSize:           4 kB\n"
	"Rss:                   8 kB\nPss:                   3 kB\nPss_Dirty:             9 kB\n"
	"Shared_Clean:          4 kB\nShared_Dirty:          1 kB\nPrivate_Clean:         2 kB\n"
	"Private_Dirty:         5 kB\nReferenced:            6 kB\nAnonymous:             7 kB\n"
	"KSM:                   0 kB\nAnonHugePages:      2048 kB\nShmemPmdMapped:     2048 kB\n"
	"FilePmdMapped:      2048 kB\nShared_Hugetlb:     4096 kB\nPrivate_Hugetlb:    2048 kB\n"
	"Swap:                 10 kB\nSwapPss:              11 kB\n"
	"Locked:               12 kB\nTHPeligible:           0\nVmFlags: rd mr zz sh \n"
	"7fff0000f000-7fff00010000 rw-p 00000000 00:00 0\nRss: 4 kB\nPrivate_Clean: 4 kB\n";

static void check_text(const struct smaps_parser *parser)
{
	const struct usage first = usage_list_get(&parser->told.usages, 0), *usage = &first;
	uint64_t flags = 0;
	const char *name;

	assert_int_equal(parser->told.count, 2);
	assert_true(parser->told.ranges[0].start == 0x55d0c0000000);
	assert_true(parser->told.ranges[0].end == 0x55d0c0002000);
	assert_int_equal(usage->rss, 8 * 1024);
	assert_int_equal(usage->pss, 3 * 1024);
	assert_int_equal(usage->uss, 7 * 1024);
	assert_int_equal(usage->private_dirty, 5 * 1024);
	assert_int_equal(usage->shared_dirty, 1024);
	assert_int_equal(usage->referenced, 6 * 1024);
	assert_int_equal(usage->anonymous, 7 * 1024);
	assert_int_equal(usage->huge, 6144 * 1024);
	assert_int_equal(usage->hugetlb, 6144 * 1024);
	assert_int_equal(usage->swap, 10 * 1024);
	assert_int_equal(usage->locked, 12 * 1024);
	assert_int_equal(usage->page_size, 4096);
	for (size_t i = 0; (name = usage_flag_name(i)); i++)
		if (!strcmp(name, "rd") || !strcmp(name, "mr") || !strcmp(name, "sh"))
			flags |= UINT64_C(1) << i;
	assert_true(flags && usage->flags == flags);
}

static void reads_values_and_flags(void **state)
{
	struct smaps_parser parser;

	(void)state;
	smaps_parser_init(&parser);
	assert_int_equal(smaps_parser_feed(&parser, text, strlen(text)), 0);
	assert_int_equal(smaps_parser_end(&parser), 0);
	check_text(&parser);
	smaps_parser_finish(&parser);
}

static void pieces_of_any_size_give_the_same(void **state)
{
	struct smaps_parser parser;

	(void)state;
	for (size_t piece = 1; piece < 80; piece++) {
		smaps_parser_init(&parser);
		for (size_t at = 0; at < strlen(text); at += piece) {
			size_t left = strlen(text) - at;

			assert_int_equal(
				smaps_parser_feed(&parser, text + at, left < piece ? left : piece),
				0);
		}
		assert_int_equal(smaps_parser_end(&parser), 0);
		check_text(&parser);
		smaps_parser_finish(&parser);
	}
}

/* Which differs between kernels. The lines of values begin behind the first, in a circle. */
static void the_order_of_lines_does_not_count(void **state)
{
	const char *values = strchr(text, '\n') + 1, *end = strstr(text, "7fff0000f000");
	struct text turned = {0};

	(void)state;
	for (const char *first = values; first < end; first = strchr(first, '\n') + 1) {
		struct smaps_parser parser;

		text_clear(&turned);
		text_append_bytes(&turned, text, (size_t)(values - text));
		text_append_bytes(&turned, first, (size_t)(end - first));
		text_append_bytes(&turned, values, (size_t)(first - values));
		text_append(&turned, end);
		smaps_parser_init(&parser);
		assert_int_equal(smaps_parser_feed(&parser, turned.bytes, turned.length), 0);
		assert_int_equal(smaps_parser_end(&parser), 0);
		check_text(&parser);
		smaps_parser_finish(&parser);
	}
	text_finish(&turned);
}

static void what_is_not_told_is_unknown(void **state)
{
	struct smaps_parser parser;

	(void)state;
	smaps_parser_init(&parser);
	assert_int_equal(smaps_parser_feed(&parser, text, strlen(text)), 0);
	assert_int_equal(smaps_parser_end(&parser), 0);
	assert_int_equal(usage_list_get(&parser.told.usages, 1).rss, 4096);
	assert_true(usage_list_get(&parser.told.usages, 1).pss == TARGET_UNKNOWN);
	assert_true(usage_list_get(&parser.told.usages, 1).uss ==
		    TARGET_UNKNOWN); /* half of it is not there */
	assert_true(usage_list_get(&parser.told.usages, 1).flags == TARGET_UNKNOWN);
	smaps_parser_finish(&parser);
}

static void a_torn_list_is_sorted_and_disjoint(void **state)
{
	static const char torn[] = "1000-3000 r\nRss: 4 kB\n3000-4000 r\nRss: 8 kB\n"
				   "2000-5000 r\nRss: 12 kB\n2000-6000 r\nRss: 16 kB\n"
				   "8000-9000 r\nRss: 20 kB\n";
	struct smaps_parser parser;
	struct usage_ranges *taken;

	(void)state;
	smaps_parser_init(&parser);
	assert_int_equal(smaps_parser_feed(&parser, torn, strlen(torn)), 0);
	assert_int_equal(smaps_parser_end(&parser), 0);
	taken = smaps_parser_take(&parser);
	assert_int_equal(taken->count, 2);
	assert_true(taken->ranges[0].start == 0x2000 && taken->ranges[0].end == 0x6000);
	assert_int_equal(usage_list_get(&taken->usages, 0).rss, 16 * 1024);
	assert_true(taken->ranges[1].start == 0x8000);
	usage_ranges_destroy(taken);
	smaps_parser_finish(&parser);
}

/* A newer kernel's: of any form, but with a name. */
static void fields_that_are_not_known_are_passed_over(void **state)
{
	static const char newer[] =
		"1000-2000 r\nRss: 4 kB\nNovelty: some words\nEmpty:\nPss: 3 kB\n";
	struct smaps_parser parser;

	(void)state;
	smaps_parser_init(&parser);
	assert_int_equal(smaps_parser_feed(&parser, newer, strlen(newer)), 0);
	assert_int_equal(smaps_parser_end(&parser), 0);
	assert_int_equal(usage_list_get(&parser.told.usages, 0).rss, 4 * 1024);
	assert_int_equal(usage_list_get(&parser.told.usages, 0).pss, 3 * 1024);
	smaps_parser_finish(&parser);
}

static void refuses_what_no_kernel_writes(void **state)
{
	static const char *const wrong[] = {
		"Rss: 4 kB\n",         "2000-1000 r\n",
		"1000-1000 r\n",       "1000\n",
		"1000-2000\n",         "1000-2000 r\nRss: x kB\n",
		"1000-2000 r\nRss:\n", "1000-2000 r\nRss: 4 MB\n",
		"1000-2000 r\nnone\n", "1000-2000 r\nRss: 18014398509481984 kB\n",
		"1000-2000 r\n\n",     "1000-2000 r\nRss: 99999999999999999999 kB\n",
	};
	struct smaps_parser parser;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		smaps_parser_init(&parser);
		assert_int_equal(smaps_parser_feed(&parser, wrong[i], strlen(wrong[i])), -EBADMSG);
		smaps_parser_finish(&parser);
	}
}

static void parse_recorded(struct smaps_parser *parser, const char *bytes, size_t length)
{
	smaps_parser_init(parser);
	parser->recorded = true;
	assert_int_equal(smaps_parser_feed(parser, bytes, length), 0);
	assert_int_equal(smaps_parser_end(parser), 0);
}

static void a_recorded_text_of_dos_is_the_same(void **state)
{
	struct smaps_parser parser;
	char dos[2 * sizeof(text)];
	size_t length = 0;

	(void)state;
	for (const char *at = text; *at; at++) {
		if (*at == '\n')
			dos[length++] = '\r';
		dos[length++] = *at;
	}
	parse_recorded(&parser, dos, length);
	check_text(&parser);
	smaps_parser_finish(&parser);
}

/* Cut anywhere, a value is what it is in the whole text, or unknown. */
static void a_recorded_text_cut_anywhere_tells_nothing_wrong(void **state)
{
	struct smaps_parser parser, whole;

	(void)state;
	parse_recorded(&whole, text, strlen(text));
	for (size_t length = 0; length < strlen(text); length++) {
		const struct usage first = usage_list_get(&whole.told.usages, 0), *was = &first;

		parse_recorded(&parser, text, length);
		if (parser.told.count) {
			const struct usage cut = usage_list_get(&parser.told.usages, 0), *is = &cut;

			assert_true(is->rss == TARGET_UNKNOWN || is->rss == was->rss);
			assert_true(is->pss == TARGET_UNKNOWN || is->pss == was->pss);
			assert_true(is->uss == TARGET_UNKNOWN || is->uss == was->uss);
			assert_true(is->flags == TARGET_UNKNOWN || is->flags == was->flags);
		}
		smaps_parser_finish(&parser);
	}
	smaps_parser_finish(&whole);
}

static void values_behind_a_strange_line_are_nobody_s(void **state)
{
	static const char strange[] = "Rss: 1 kB\n1000-2000 r\nRss: 4 kB\n--- snip ---\nRss: 8 kB\n"
				      "Pss: 8 kB\n\n3000-4000\tr\n\tRss: 12 kB\n9-\nPss: 4 kB\n";
	struct smaps_parser parser;

	(void)state;
	parse_recorded(&parser, strange, strlen(strange));
	assert_int_equal(parser.told.count, 2);
	assert_int_equal(usage_list_get(&parser.told.usages, 0).rss, 4096);
	assert_true(usage_list_get(&parser.told.usages, 0).pss == TARGET_UNKNOWN);
	assert_int_equal(usage_list_get(&parser.told.usages, 1).rss, 12 * 1024);
	assert_true(usage_list_get(&parser.told.usages, 1).pss == TARGET_UNKNOWN);
	smaps_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_values_and_flags),
		cmocka_unit_test(pieces_of_any_size_give_the_same),
		cmocka_unit_test(the_order_of_lines_does_not_count),
		cmocka_unit_test(what_is_not_told_is_unknown),
		cmocka_unit_test(a_torn_list_is_sorted_and_disjoint),
		cmocka_unit_test(fields_that_are_not_known_are_passed_over),
		cmocka_unit_test(refuses_what_no_kernel_writes),
		cmocka_unit_test(a_recorded_text_of_dos_is_the_same),
		cmocka_unit_test(a_recorded_text_cut_anywhere_tells_nothing_wrong),
		cmocka_unit_test(values_behind_a_strange_line_are_nobody_s),
	};

	return cmocka_run_group_tests_name("smaps_parser", tests, NULL, NULL);
}
