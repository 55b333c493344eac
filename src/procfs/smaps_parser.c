/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/smaps_parser.h"

#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "model/target.h"
#include "model/usage.h"

#define KILOBYTE UINT64_C(1024)

/*
 * The lines that kernels write, in their order (show_smap() in fs/proc/task_mmu.c), so that mostly
 * the one behind that of the line before is it; and what each adds to. Several lines may add up to
 * one value.
 */
#define IGNORED  SIZE_MAX
#define KEY(key) key, sizeof(key) - 1

static const struct field {
	const char *key;
	size_t length;
	size_t offset; /* in struct usage; or IGNORED */
} fields[] = {
	{KEY("Size"), IGNORED},
	{KEY("KernelPageSize"), offsetof(struct usage, page_size)},
	{KEY("MMUPageSize"), IGNORED},
	{KEY("Rss"), offsetof(struct usage, rss)},
	{KEY("Pss"), offsetof(struct usage, pss)},
	{KEY("Pss_Dirty"), IGNORED},
	{KEY("Shared_Clean"), IGNORED},
	{KEY("Shared_Dirty"), offsetof(struct usage, shared_dirty)},
	{KEY("Private_Clean"), offsetof(struct usage, uss)},
	{KEY("Private_Dirty"), offsetof(struct usage, private_dirty)},
	{KEY("Referenced"), offsetof(struct usage, referenced)},
	{KEY("Anonymous"), offsetof(struct usage, anonymous)},
	{KEY("KSM"), IGNORED},
	{KEY("LazyFree"), IGNORED},
	{KEY("AnonHugePages"), offsetof(struct usage, huge)},
	{KEY("ShmemPmdMapped"), offsetof(struct usage, huge)},
	{KEY("FilePmdMapped"), offsetof(struct usage, huge)},
	{KEY("Shared_Hugetlb"), offsetof(struct usage, hugetlb)},
	{KEY("Private_Hugetlb"), offsetof(struct usage, hugetlb)},
	{KEY("Swap"), offsetof(struct usage, swap)},
	{KEY("SwapPss"), IGNORED},
	{KEY("Locked"), offsetof(struct usage, locked)},
	{KEY("THPeligible"), IGNORED},
	{KEY("ProtectionKey"), offsetof(struct usage, key)},
	{KEY("VmFlags"), offsetof(struct usage, flags)},
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
	usage_ranges_finish(&parser->told);
	lines_finish(&parser->lines);
	*parser = (struct smaps_parser){0};
}

/* uss was only the clean part up to here: a sum with an unknown part is unknown. */
static void finish_range(struct smaps_parser *parser)
{
	struct usage *usage = &parser->usage;

	if (!parser->open)
		return;
	if (usage->uss != TARGET_UNKNOWN &&
	    (usage->private_dirty == TARGET_UNKNOWN ||
	     __builtin_add_overflow(usage->uss, usage->private_dirty, &usage->uss)))
		usage->uss = TARGET_UNKNOWN;
	usage_ranges_add(&parser->told, parser->range.start, parser->range.end, usage);
	parser->open = false;
}

/* "7f3c1e200000-7f3c1e222000 r--p …": of it only the range counts. */
static int parse_header(struct smaps_parser *parser, const char *at, const char *end)
{
	struct usage_range range;

	if (number_scan(&at, end, 16, &range.start) || at == end || *at++ != '-' ||
	    number_scan(&at, end, 16, &range.end) || at == end || (*at != ' ' && *at != '\t') ||
	    range.start >= range.end)
		return -EBADMSG;
	finish_range(parser);
	parser->range = range;
	parser->usage = usage_unknown();
	parser->open = true;
	return 0;
}

/* Past blanks, of which there are many: eight at a time. */
static const char *skip_blanks(const char *at, const char *end)
{
	while (end - at >= 8 && memcmp(at, "        ", 8) == 0)
		at += 8;
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static int parse_amount(uint64_t *value, const char *at, const char *end)
{
	uint64_t amount, sum = *value == TARGET_UNKNOWN ? 0 : *value;

	at = skip_blanks(at, end);
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

	at = skip_blanks(at, end);
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

static bool is_of(const struct field *field, const char *at, const char *end)
{
	return *at == field->key[0] && (size_t)(end - at) > field->length &&
	       at[field->length] == ':' && memcmp(at, field->key, field->length) == 0;
}

/* Of a line that is not empty; NULL when it is not known. */
static const struct field *find_field(struct smaps_parser *parser, const char *at, const char *end)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		size_t index = (parser->expected + i) % FIELD_COUNT;

		if (is_of(&fields[index], at, end)) {
			parser->expected = index + 1;
			return &fields[index];
		}
	}
	return NULL;
}

/* "Rss:    84 kB" */
static int parse_value(struct smaps_parser *parser, const char *at, const char *end)
{
	const struct field *field = at < end ? find_field(parser, at, end) : NULL;
	struct usage *usage;
	uint64_t *value;

	if (!parser->open || (!field && !memchr(at, ':', (size_t)(end - at))))
		return -EBADMSG;
	if (!field || field->offset == IGNORED)
		return 0;
	usage = &parser->usage;
	value = (uint64_t *)((char *)usage + field->offset);
	at += field->length + 1;
	if (value == &usage->flags)
		parse_flags(parser, usage, at, end);
	else
		return value == &usage->key ? parse_number(value, at, end)
					    : parse_amount(value, at, end);
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
	if (*at >= 'A' && *at <= 'Z' && (parser->lost || !parser->open))
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

struct usage_ranges *smaps_parser_take(struct smaps_parser *parser)
{
	return usage_ranges_take(&parser->told);
}
