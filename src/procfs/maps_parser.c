/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/maps_parser.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define HEX_DIGITS_MAX 16                /* of 64 bits */
#define NAMES_KEPT     ((size_t)1 << 20) /* bytes of names that outlive a sample */

/* Value plus one of a hexadecimal digit, 0 for any other byte. */
static const unsigned char hex_digits[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

void maps_parser_init(struct maps_parser *parser, struct hash_key key)
{
	*parser = (struct maps_parser){.last_name = "", .names = {.key = key}};
}

void maps_parser_finish(struct maps_parser *parser)
{
	free(parser->vmas);
	lines_finish(&parser->lines);
	name_pool_finish(&parser->names);
	maps_parser_init(parser, parser->names.key);
}

/* As many and a few more, as a list may grow. */
static size_t roomy(size_t count)
{
	return count + count / 64 + 16;
}

struct vma *maps_parser_give_away(struct maps_parser *parser)
{
	struct vma *vmas = parser->vmas;

	/* Where a little is left, none of it: what is freed fits the next list exactly. */
	if (parser->capacity > roomy(roomy(parser->count)))
		vmas = memory_resize(vmas, roomy(parser->count) * sizeof(*vmas));
	parser->expected = parser->count;
	parser->vmas = NULL;
	parser->capacity = 0;
	return vmas;
}

/* Memory is had once for the whole list, for else it would be copied time and again. */
static void reserve(struct maps_parser *parser)
{
	if (parser->vmas || !parser->expected)
		return;
	parser->capacity = roomy(parser->expected);
	parser->vmas = memory_resize(NULL, parser->capacity * sizeof(*parser->vmas));
}

void maps_parser_reset(struct maps_parser *parser)
{
	reserve(parser);
	parser->count = 0;
	parser->printed_start = 0;
	lines_clear(&parser->lines);
	parser->last_name = "";
	parser->last_length = 0;
	if (name_pool_size(&parser->names) > NAMES_KEPT)
		name_pool_finish(&parser->names);
}

/*
 * The scanners below read bytes up to the newline that ends every line given to parse_line(): it
 * is neither a digit nor any other byte they accept, so they need no other bound. They return the
 * byte behind what they read, or NULL.
 */

static inline const char *scan_hex(const char *at, uint64_t *ret_number)
{
	const char *begin = at;
	uint64_t number = 0;
	unsigned digit;

	while ((digit = hex_digits[(unsigned char)*at])) {
		number = (number << 4) + digit - 1;
		at++;
	}
	*ret_number = number;
	return (size_t)(at - begin) - 1 < HEX_DIGITS_MAX ? at : NULL;
}

static inline const char *scan_decimal(const char *at, uint64_t *ret_number)
{
	const char *begin = at;
	uint64_t number = 0;
	unsigned digit;

	while ((digit = (unsigned char)*at - (unsigned)'0') <= 9) {
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, digit, &number))
			return NULL;
		at++;
	}
	*ret_number = number;
	return at > begin ? at : NULL;
}

static inline const char *scan_perms(const char *at, uint8_t *ret_perms)
{
	uint8_t perms = 0;

	if (*at == 'r')
		perms |= PERM_READ;
	else if (*at != '-')
		return NULL;
	if (*++at == 'w')
		perms |= PERM_WRITE;
	else if (*at != '-')
		return NULL;
	if (*++at == 'x')
		perms |= PERM_EXEC;
	else if (*at != '-')
		return NULL;
	if (*++at == 's')
		perms |= PERM_SHARED;
	else if (*at != 'p')
		return NULL;
	*ret_perms = perms;
	return at + 1;
}

static inline const char *scan_byte(const char *at, char byte)
{
	return *at == byte ? at + 1 : NULL;
}

static inline const char *scan_device(const char *at, struct vma *vma)
{
	uint64_t dev_major, dev_minor;

	if (!(at = scan_hex(at, &dev_major)) || !(at = scan_byte(at, ':')) ||
	    !(at = scan_hex(at, &dev_minor)) || dev_major > UINT32_MAX || dev_minor > UINT32_MAX)
		return NULL;
	vma->dev_major = (uint32_t)dev_major;
	vma->dev_minor = (uint32_t)dev_minor;
	return at;
}

/* The name is what follows the padding, up to the end of the line; it may hold and end in spaces.
 */
static const char *scan_name(struct maps_parser *parser, const char *at, const char *end,
			     struct vma *vma)
{
	const char *newline;
	size_t length;

	while (*at == ' ')
		at++;
	if (*at == '\n') {
		vma->name = "";
		return at + 1;
	}
	newline = memchr(at, '\n', (size_t)(end - at));
	length = (size_t)(newline - at);
	if (length != parser->last_length || memcmp(at, parser->last_name, length) != 0) {
		if (memchr(at, '\0', length))
			return NULL;
		parser->last_name = name_pool_intern(&parser->names, at, length);
		parser->last_length = length;
	}
	vma->name = parser->last_name;
	return newline + 1;
}

/* Parses the line at `at`; a newline stands before end. Returns the byte behind it, or NULL. */
static inline const char *parse_line(struct maps_parser *parser, const char *at, const char *end,
				     struct vma *vma)
{
	if (!(at = scan_hex(at, &vma->start)) || !(at = scan_byte(at, '-')) ||
	    !(at = scan_hex(at, &vma->end)) || !(at = scan_byte(at, ' ')) ||
	    !(at = scan_perms(at, &vma->perms)) || !(at = scan_byte(at, ' ')) ||
	    !(at = scan_hex(at, &vma->offset)) || !(at = scan_byte(at, ' ')) ||
	    !(at = scan_device(at, vma)) || !(at = scan_byte(at, ' ')) ||
	    !(at = scan_decimal(at, &vma->inode)) || (*at != ' ' && *at != '\n') ||
	    vma->start >= vma->end)
		return NULL;
	return scan_name(parser, at, end, vma);
}

/*
 * The VMA that was just parsed lies in the slot behind the last one; whether it stays there, in
 * full or clipped. It takes the last one's place when both began at the same address.
 */
static bool settle(struct maps_parser *parser, struct vma *vma)
{
	struct vma *last = vma - 1;
	uint64_t printed_start = vma->start, start;
	bool replaces;

	if (parser->count == 0 || vma->start >= last->end) {
		parser->printed_start = printed_start;
		return true;
	}
	replaces = vma->start == last->start || vma->start == parser->printed_start;
	start = replaces ? last->start : last->end;
	if (vma->end <= start)
		return false;
	if (vma->inode)
		vma->offset += start - vma->start;
	vma->start = start;
	parser->printed_start = printed_start;
	if (replaces)
		*last = *vma;
	return !replaces;
}

int maps_parser_line(struct maps_parser *parser, const char *bytes, size_t length,
		     struct vma *ret_vma)
{
	struct vma vma = {0};

	if (!parse_line(parser, bytes, bytes + length, &vma))
		return -EBADMSG;
	*ret_vma = vma;
	return 0;
}

void maps_parser_add(struct maps_parser *parser, const struct vma *vma)
{
	parser->vmas = memory_array_grow(parser->vmas, parser->count, &parser->capacity,
					 sizeof(*parser->vmas));
	parser->vmas[parser->count] = *vma;
	if (settle(parser, &parser->vmas[parser->count]))
		parser->count++;
}

/* Parses whole lines, the last of which ends in a newline before end. */
static int parse_lines(void *context, const char *at, const char *end)
{
	struct maps_parser *parser = context;

	while (at < end) {
		struct vma *vma;

		parser->vmas = memory_array_grow(parser->vmas, parser->count, &parser->capacity,
						 sizeof(*parser->vmas));
		vma = &parser->vmas[parser->count];
		*vma = (struct vma){0};
		at = parse_line(parser, at, end, vma);
		if (!at)
			return -EBADMSG;
		if (settle(parser, vma))
			parser->count++;
	}
	return 0;
}

int maps_parser_feed(struct maps_parser *parser, const char *bytes, size_t length)
{
	return lines_feed(&parser->lines, bytes, length, parse_lines, parser);
}

int maps_parser_end(struct maps_parser *parser)
{
	return lines_end(&parser->lines, parse_lines, parser);
}
