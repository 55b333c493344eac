/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever the bytes are, in whatever pieces they come: the list is sorted, disjoint and without
 * empty ranges, and the same as in one piece. The first byte chooses the pieces.
 */
#include "fuzz.h"

#include <string.h>

#include "procfs/smaps_parser.h"

static int parse(struct smaps_parser *parser, const char *bytes, size_t length, size_t piece)
{
	int error = 0;

	smaps_parser_init(parser);
	for (size_t at = 0; !error && at < length; at += piece)
		error = smaps_parser_feed(parser, bytes + at,
					  length - at < piece ? length - at : piece);
	return error ? error : smaps_parser_end(parser);
}

static void check_list(const struct usage_ranges *told)
{
	FUZZ_CHECK(told->usages.count == told->count);
	for (size_t i = 0; i < told->count; i++) {
		FUZZ_CHECK(told->ranges[i].start < told->ranges[i].end);
		FUZZ_CHECK(i == 0 || told->ranges[i - 1].end <= told->ranges[i].start);
	}
}

static void check_equal(const struct usage_ranges *a, const struct usage_ranges *b)
{
	FUZZ_CHECK(a->count == b->count);
	FUZZ_CHECK(a->count == 0 ||
		   memcmp(a->ranges, b->ranges, a->count * sizeof(*a->ranges)) == 0);
	for (size_t i = 0; i < a->count; i += USAGE_DIFFERENCES)
		FUZZ_CHECK(!usage_list_differences(&a->usages, &b->usages, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct smaps_parser whole, pieces;
	const char *text = (const char *)bytes + 1;
	int error;

	if (length == 0)
		return 0;
	length--;
	error = parse(&whole, text, length, length + 1);
	FUZZ_CHECK(parse(&pieces, text, length, 1 + (size_t)bytes[0] % 97) == error);
	check_list(&whole.told);
	check_list(&pieces.told);
	if (!error)
		check_equal(&whole.told, &pieces.told);
	smaps_parser_finish(&whole);
	smaps_parser_finish(&pieces);
	return 0;
}
