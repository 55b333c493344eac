/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/smaps_parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/target.h"

#define KILOBYTE UINT64_C(1024)

/* What a line adds to. Several lines may add up to one value. */
static const struct field {
	const char *key;
	size_t offset; /* in struct usage */
} fields[] = {
	{"Rss", offsetof(struct usage, rss)},
	{"Pss", offsetof(struct usage, pss)},
	{"Private_Clean", offsetof(struct usage, uss)},
	{"Private_Dirty", offsetof(struct usage, private_dirty)},
	{"Shared_Dirty", offsetof(struct usage, shared_dirty)},
	{"Referenced", offsetof(struct usage, referenced)},
	{"Anonymous", offsetof(struct usage, anonymous)},
	{"AnonHugePages", offsetof(struct usage, huge)},
	{"ShmemPmdMapped", offsetof(struct usage, huge)},
	{"FilePmdMapped", offsetof(struct usage, huge)},
	{"Swap", offsetof(struct usage, swap)},
	{"KernelPageSize", offsetof(struct usage, page_size)},
	{"Shared_Hugetlb", offsetof(struct usage, hugetlb)},
	{"Private_Hugetlb", offsetof(struct usage, hugetlb)},
	{"Locked", offsetof(struct usage, locked)},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

void smaps_parser_init(struct smaps_parser *parser)
{
	const char *name;

	*parser = (struct smaps_parser){0};
	for (size_t i = 0; i < 64 && (name = usage_flag_name(i)); i++)
		if (name[0] >= 'a' && name[0] <= 'z' && name[1] >= 'a' && name[1] <= 'z')
			parser->flags[name[0] - 'a'][name[1] - 'a'] = (uint8_t)(i + 1);
}

void smaps_parser_finish(struct smaps_parser *parser)
{
	free(parser->ranges);
	lines_finish(&parser->lines);
	*parser = (struct smaps_parser){0};
}

/* uss was only the clean part up to here: a sum with an unknown part is unknown. */
static void finish_range(struct smaps_parser *parser)
{
	struct usage *usage = parser->count ? &parser->ranges[parser->count - 1].usage : NULL;

	if (!usage || usage->uss == TARGET_UNKNOWN)
		return;
	if (usage->private_dirty == TARGET_UNKNOWN ||
	    __builtin_add_overflow(usage->uss, usage->private_dirty, &usage->uss))
		usage->uss = TARGET_UNKNOWN;
}

/* "7f3c1e200000-7f3c1e222000 r--p …": of it only the range counts. */
static int parse_header(struct smaps_parser *parser, const char *at, const char *end)
{
	struct usage_range range = {.usage = usage_unknown()};

	if (number_scan(&at, end, 16, &range.start) || at == end || *at++ != '-' ||
	    number_scan(&at, end, 16, &range.end) || at == end || (*at != ' ' && *at != '\t') ||
	    range.start >= range.end)
		return -EBADMSG;
	finish_range(parser);
	while (parser->count && parser->ranges[parser->count - 1].end > range.start)
		parser->count--;
	parser->ranges = memory_array_grow(parser->ranges, parser->count, &parser->capacity,
					   sizeof(*parser->ranges));
	parser->ranges[parser->count++] = range;
	return 0;
}

static int parse_amount(struct usage *usage, const struct field *field, const char *at,
			const char *end)
{
	uint64_t *value = (uint64_t *)((char *)usage + field->offset);
	uint64_t amount, sum = *value == TARGET_UNKNOWN ? 0 : *value;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (number_scan(&at, end, 10, &amount) || end - at != 3 || memcmp(at, " kB", 3) != 0 ||
	    __builtin_mul_overflow(amount, KILOBYTE, &amount) ||
	    __builtin_add_overflow(sum, amount, &sum) || sum == TARGET_UNKNOWN)
		return -EBADMSG;
	*value = sum;
	return 0;
}

/* "         0" */
static int parse_number(uint64_t *value, const char *at, const char *end)
{
	uint64_t number;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (number_scan(&at, end, 10, &number) || at != end || number == TARGET_UNKNOWN)
		return -EBADMSG;
	*value = number;
	return 0;
}

/* "rd ex mr mw me": pairs of letters and spaces; those that are not known are passed over. */
static void parse_flags(const struct smaps_parser *parser, struct usage *usage, const char *at,
			const char *end)
{
	uint64_t flags = 0;

	while (at < end) {
		const char *begin = at;

		while (at < end && *at != ' ')
			at++;
		if (at - begin == 2 && begin[0] >= 'a' && begin[0] <= 'z' && begin[1] >= 'a' &&
		    begin[1] <= 'z') {
			uint8_t flag = parser->flags[begin[0] - 'a'][begin[1] - 'a'];

			if (flag)
				flags |= UINT64_C(1) << (flag - 1);
		}
		while (at < end && *at == ' ')
			at++;
	}
	usage->flags = flags;
}

/* "Rss:    84 kB" */
static int parse_value(struct smaps_parser *parser, const char *at, const char *end)
{
	const char *colon = memchr(at, ':', (size_t)(end - at));
	struct usage *usage;
	size_t length;

	if (!colon || parser->count == 0)
		return -EBADMSG;
	usage = &parser->ranges[parser->count - 1].usage;
	length = (size_t)(colon - at);
	if (length == strlen("VmFlags") && memcmp(at, "VmFlags", length) == 0) {
		parse_flags(parser, usage, colon + 1, end);
		return 0;
	}
	if (length == strlen("ProtectionKey") && memcmp(at, "ProtectionKey", length) == 0)
		return parse_number(&usage->key, colon + 1, end);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (fields[i].key[0] == *at && strlen(fields[i].key) == length &&
		    memcmp(fields[i].key, at, length) == 0)
			return parse_amount(usage, &fields[i], colon + 1, end);
	return 0;
}

/* Names of values begin with a capital, ranges with a digit. */
static int parse_known(struct smaps_parser *parser, const char *at, const char *end)
{
	if (at < end && ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'f')))
		return parse_header(parser, at, end);
	return parse_value(parser, at, end);
}

static int parse_recorded(struct smaps_parser *parser, const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (end > at && end[-1] == '\r')
		end--;
	if (at == end)
		return 0;
	if (*at >= 'A' && *at <= 'Z' && (parser->lost || parser->count == 0))
		return 0;
	/* Whose the values behind such a line are is not known. */
	parser->lost = parse_known(parser, at, end) != 0;
	return 0;
}

/* One line without its newline. */
static int parse_line(void *context, const char *at, const char *end)
{
	struct smaps_parser *parser = context;

	return parser->recorded ? parse_recorded(parser, at, end) : parse_known(parser, at, end);
}

static int parse_lines(void *context, const char *at, const char *end)
{
	return lines_each(at, end, parse_line, context);
}

int smaps_parser_feed(struct smaps_parser *parser, const char *bytes, size_t length)
{
	return lines_feed(&parser->lines, bytes, length, parse_lines, parser);
}

int smaps_parser_end(struct smaps_parser *parser)
{
	/* A recorded one may have been cut there. */
	int error = parser->recorded ? 0 : lines_end(&parser->lines, parse_lines, parser);

	if (!error)
		finish_range(parser);
	return error;
}

struct usage_range *smaps_parser_take(struct smaps_parser *parser, size_t *ret_count)
{
	struct usage_range *taken = parser->ranges;

	*ret_count = parser->count;
	parser->ranges = NULL;
	parser->count = parser->capacity = 0;
	return taken;
}
