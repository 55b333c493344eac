/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser of maps against a slow and plain one, by a regular expression: both accept the same
 * lines, and read the same in them. A list that the plain one finds sorted is kept as it is.
 */
#include "fuzz.h"

#include <regex.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "procfs/maps_parser.h"

#define HEX "([0-9a-fA-F]{1,16})"

static const char pattern[] =
	"^" HEX "-" HEX " ([r-])([w-])([x-])([sp]) " HEX " " HEX ":" HEX " ([0-9]+)( +(.*))?$";

/* The groups of the pattern. */
enum {
	ALL,
	START,
	END,
	READ,
	WRITE,
	EXEC,
	SHARED,
	OFFSET,
	MAJOR,
	MINOR,
	INODE,
	REST,
	NAME,
	GROUPS
};

static bool get_number(const char *line, const regmatch_t *match, int base, uint64_t most,
		       uint64_t *ret_number)
{
	/* What follows is no digit. */
	const uint64_t number = strtoull(line + match->rm_so, NULL, base);

	*ret_number = number;
	return number <= most;
}

/* strtoull(3) does not say whether 18446744073709551615 is itself, or too large. */
static bool is_too_large(const char *line, const regmatch_t *match)
{
	const char *digits = line + match->rm_so;
	size_t length = (size_t)(match->rm_eo - match->rm_so), zeroes = strspn(digits, "0");

	if (zeroes > length)
		zeroes = length;
	length -= zeroes;
	return length > 20 ||
	       (length == 20 && strncmp(digits + zeroes, "18446744073709551615", 20) > 0);
}

/* Whether the line is one of maps. The name is the part of the line. */
static bool read_plainly(const regex_t *regex, const char *line, struct vma *ret_vma)
{
	regmatch_t groups[GROUPS];
	struct vma vma = {0};
	uint64_t major, minor;

	if (regexec(regex, line, GROUPS, groups, 0) ||
	    !get_number(line, &groups[START], 16, UINT64_MAX, &vma.start) ||
	    !get_number(line, &groups[END], 16, UINT64_MAX, &vma.end) ||
	    !get_number(line, &groups[OFFSET], 16, UINT64_MAX, &vma.offset) ||
	    !get_number(line, &groups[MAJOR], 16, UINT32_MAX, &major) ||
	    !get_number(line, &groups[MINOR], 16, UINT32_MAX, &minor) ||
	    !get_number(line, &groups[INODE], 10, UINT64_MAX, &vma.inode) ||
	    is_too_large(line, &groups[INODE]) || vma.start >= vma.end)
		return false;
	vma.dev_major = (uint32_t)major;
	vma.dev_minor = (uint32_t)minor;
	vma.perms = (uint8_t)((line[groups[READ].rm_so] == 'r' ? PERM_READ : 0) |
			      (line[groups[WRITE].rm_so] == 'w' ? PERM_WRITE : 0) |
			      (line[groups[EXEC].rm_so] == 'x' ? PERM_EXEC : 0) |
			      (line[groups[SHARED].rm_so] == 's' ? PERM_SHARED : 0));
	vma.name = groups[NAME].rm_so < 0 ? "" : line + groups[NAME].rm_so;
	*ret_vma = vma;
	return true;
}

static void check_equal(const struct vma *x, const struct vma *y)
{
	FUZZ_CHECK(x->start == y->start && x->end == y->end && x->offset == y->offset);
	FUZZ_CHECK(x->inode == y->inode && x->perms == y->perms);
	FUZZ_CHECK(x->dev_major == y->dev_major && x->dev_minor == y->dev_minor);
	FUZZ_CHECK(strcmp(x->name, y->name) == 0);
}

/* One line, without a newline or a NUL in it. */
static void compare(struct maps_parser *parser, const regex_t *regex, const char *line)
{
	struct vma plain, fast;
	size_t length = strlen(line);
	char *ended = memory_alloc(length + 1);
	bool accepted;

	memcpy(ended, line, length);
	ended[length] = '\n';
	accepted = !maps_parser_line(parser, ended, length + 1, &fast);
	free(ended);
	FUZZ_CHECK(accepted == read_plainly(regex, line, &plain));
	if (!accepted)
		return;
	check_equal(&fast, &plain);
	/* In a list, where it lies behind all others. */
	if (parser->count && plain.start < parser->vmas[parser->count - 1].end)
		return;
	maps_parser_add(parser, &fast);
	check_equal(&parser->vmas[parser->count - 1], &plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *text = memory_alloc(length + 1);
	struct maps_parser parser;
	regex_t regex;

	memcpy(text, bytes, length);
	text[length] = '\0';
	FUZZ_CHECK(!regcomp(&regex, pattern, REG_EXTENDED));
	maps_parser_init(&parser, (struct hash_key){{0}});
	maps_parser_reset(&parser);
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		compare(&parser, &regex, line);
	}
	maps_parser_finish(&parser);
	regfree(&regex);
	free(text);
	return 0;
}
