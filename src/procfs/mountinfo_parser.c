/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/mountinfo_parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/file_system.h"

#define FIELD_DEVICE 2u /* "MAJOR:MINOR", counted from 0 */
#define FIELDS_FIXED 6u /* before the optional ones, which "-" ends */

void mountinfo_parser_reset(struct mountinfo_parser *parser)
{
	parser->count = 0;
	lines_clear(&parser->lines);
}

void mountinfo_parser_finish(struct mountinfo_parser *parser)
{
	free(parser->devices);
	lines_finish(&parser->lines);
	*parser = (struct mountinfo_parser){0};
}

/* Takes the next field, up to a blank; false at the end. */
static bool take_field(const char **at, const char *end, const char **ret_field, size_t *ret_length)
{
	const char *blank;

	if (*at >= end)
		return false;
	blank = memchr(*at, ' ', (size_t)(end - *at));
	*ret_field = *at;
	*ret_length = (size_t)((blank ? blank : end) - *at);
	*at = blank ? blank + 1 : end;
	return true;
}

static bool parse_device(const char *at, size_t length, struct mounted_device *device)
{
	const char *end = at + length;
	uint64_t dev_major, dev_minor;

	if (number_scan(&at, end, 10, &dev_major) || at == end || *at++ != ':' ||
	    number_scan(&at, end, 10, &dev_minor) || at != end || dev_major > UINT32_MAX ||
	    dev_minor > UINT32_MAX)
		return false;
	device->dev_major = (uint32_t)dev_major;
	device->dev_minor = (uint32_t)dev_minor;
	return true;
}

/* log2 of the size in "rw,pagesize=2M"; 0 when there is none that a page can have. */
static uint8_t parse_page_size(const char *at, const char *end)
{
	static const char key[] = "pagesize=";
	const size_t length = sizeof(key) - 1;
	uint64_t size;

	while ((size_t)(end - at) > length && memcmp(at, key, length) != 0) {
		at = memchr(at, ',', (size_t)(end - at));
		if (!at)
			return 0;
		at++;
	}
	if ((size_t)(end - at) <= length)
		return 0;
	at += length;
	if (number_scan_size(&at, end, &size) || size == 0 || (size & (size - 1)))
		return 0;
	return (uint8_t)(63 - __builtin_clzll(size));
}

/* "36 35 98:0 /root /mount/point rw,noatime shared:1 - ext3 /dev/root rw" */
static int parse_line(void *context, const char *at, const char *end)
{
	struct mountinfo_parser *parser = context;
	struct mounted_device device = {0};
	const char *field;
	size_t length;

	for (unsigned i = 0; i < FIELDS_FIXED; i++)
		if (!take_field(&at, end, &field, &length) ||
		    (i == FIELD_DEVICE && !parse_device(field, length, &device)))
			return 0;
	do {
		if (!take_field(&at, end, &field, &length))
			return 0;
	} while (length != 1 || *field != '-');
	if (!take_field(&at, end, &field, &length))
		return 0;
	if (parser->count == MOUNTINFO_MAX)
		return -EBADMSG;
	device.file_system = (uint8_t)file_system_of_type(field, length);
	/* Behind the source; what it is called is the user's. */
	if (device.file_system == FILE_SYSTEM_HUGETLBFS && take_field(&at, end, &field, &length) &&
	    take_field(&at, end, &field, &length))
		device.huge_shift = parse_page_size(field, field + length);
	parser->devices = memory_array_grow(parser->devices, parser->count, &parser->capacity,
					    sizeof(*parser->devices));
	parser->devices[parser->count++] = device;
	return 0;
}

static int parse_lines(void *context, const char *at, const char *end)
{
	return lines_each(at, end, parse_line, context);
}

int mountinfo_parser_feed(struct mountinfo_parser *parser, const char *bytes, size_t length)
{
	return lines_feed(&parser->lines, bytes, length, parse_lines, parser);
}

static int compare_numbers(const void *left, const void *right)
{
	const struct mounted_device *a = left, *b = right;

	if (a->dev_major != b->dev_major)
		return a->dev_major < b->dev_major ? -1 : 1;
	if (a->dev_minor != b->dev_minor)
		return a->dev_minor < b->dev_minor ? -1 : 1;
	return 0;
}

static int compare_devices(const void *left, const void *right)
{
	const struct mounted_device *a = left, *b = right;
	int order = compare_numbers(a, b);

	return order ? order : a->file_system - b->file_system;
}

/* One file system may be mounted in many places; it is of one sort. */
int mountinfo_parser_end(struct mountinfo_parser *parser)
{
	int error = lines_end(&parser->lines, parse_lines, parser);
	size_t kept = 0;

	if (parser->count)
		qsort(parser->devices, parser->count, sizeof(*parser->devices), compare_devices);
	for (size_t i = 0; i < parser->count; i++)
		if (!kept || compare_numbers(&parser->devices[kept - 1], &parser->devices[i]))
			parser->devices[kept++] = parser->devices[i];
	parser->count = kept;
	return error;
}

const struct mounted_device *mountinfo_parser_find(const struct mountinfo_parser *parser,
						   uint32_t dev_major, uint32_t dev_minor)
{
	const struct mounted_device key = {.dev_major = dev_major, .dev_minor = dev_minor};

	if (!parser->count)
		return NULL;
	return bsearch(&key, parser->devices, parser->count, sizeof(key), compare_numbers);
}
