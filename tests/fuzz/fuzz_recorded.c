/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of a recorded tree. Whatever the bytes are: the list of mappings is sorted, disjoint and
 * without empty ranges, a line that is left out is one of the text, and what the kernel's parser
 * understands of a sorted list is understood. What stat tells lies inside the text, and smaps
 * gives sorted ranges whatever is in it.
 */
#include "fuzz.h"

#include <string.h>

#include "procfs/maps_parser.h"
#include "procfs/smaps_parser.h"
#include "procfs/stat_parser.h"
#include "sampler/recorded_maps.h"
#include "sampler/source.h"

static void check_list(const struct maps_parser *parser, const struct source_damage *damage,
		       size_t lines)
{
	FUZZ_CHECK(parser->count > 0 && parser->count <= lines);
	FUZZ_CHECK(damage->skipped <= lines && damage->first_skipped <= lines);
	FUZZ_CHECK(!damage->skipped == !damage->first_skipped);
	for (size_t i = 0; i < parser->count; i++) {
		FUZZ_CHECK(parser->vmas[i].start < parser->vmas[i].end);
		FUZZ_CHECK(i == 0 || parser->vmas[i - 1].end <= parser->vmas[i].start);
	}
}

static void check_maps(const char *text, size_t length)
{
	struct maps_parser recorded, strict;
	struct source_damage damage;
	size_t lines = 1;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	maps_parser_init(&recorded, (struct hash_key){{0}});
	maps_parser_init(&strict, (struct hash_key){{0}});
	if (recorded_maps_parse(&recorded, text, length, &damage) == 0)
		check_list(&recorded, &damage, lines);
	else if (maps_parser_feed(&strict, text, length) == 0 && maps_parser_end(&strict) == 0)
		FUZZ_CHECK(strict.count == 0);
	maps_parser_finish(&recorded);
	maps_parser_finish(&strict);
}

static void check_smaps(const char *text, size_t length)
{
	struct smaps_parser parser;

	smaps_parser_init(&parser);
	parser.recorded = true;
	if (smaps_parser_feed(&parser, text, length) == 0)
		FUZZ_CHECK(smaps_parser_end(&parser) == 0);
	for (size_t i = 1; i < parser.told.count; i++)
		FUZZ_CHECK(parser.told.ranges[i - 1].end <= parser.told.ranges[i].start);
	smaps_parser_finish(&parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *text = (const char *)bytes;
	struct proc_stat stat;

	check_maps(text, length);
	check_smaps(text, length);
	stat_parse_recorded(text, length, &stat);
	FUZZ_CHECK(stat.state == '?' || stat_is_state(stat.state));
	if (stat.comm_length)
		FUZZ_CHECK(stat.comm > text && stat.comm + stat.comm_length < text + length);
	return 0;
}
