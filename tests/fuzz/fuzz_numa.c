/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever the bytes are, in whatever pieces they come: the nodes ascend, and are the same as in
 * one piece. The first byte chooses the pieces.
 */
#include "fuzz.h"

#include "model/usage.h"
#include "procfs/numa_parser.h"

static int parse(struct numa_parser *parser, const char *bytes, size_t length, size_t piece)
{
	int error = 0;

	for (size_t at = 0; !error && at < length; at += piece)
		error = numa_parser_feed(parser, bytes + at,
					 length - at < piece ? length - at : piece);
	return error ? error : numa_parser_end(parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct numa_parser whole = {0}, pieces = {0};
	const char *text = (const char *)bytes + 1;
	int error;

	if (length == 0)
		return 0;
	length--;
	error = parse(&whole, text, length, length + 1);
	FUZZ_CHECK(parse(&pieces, text, length, 1 + (size_t)bytes[0] % 97) == error);
	FUZZ_CHECK(error || whole.count == pieces.count);
	for (size_t i = 0; i < whole.count; i++) {
		const struct usage_node *node = &whole.nodes[i];

		FUZZ_CHECK(i == 0 || node[-1].start < node->start ||
			   (node[-1].start == node->start && node[-1].node < node->node));
		FUZZ_CHECK(error || (node->start == pieces.nodes[i].start &&
				     node->node == pieces.nodes[i].node &&
				     node->bytes == pieces.nodes[i].bytes));
	}
	numa_parser_finish(&whole);
	numa_parser_finish(&pieces);
	return 0;
}
