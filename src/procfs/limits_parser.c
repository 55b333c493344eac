/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/limits_parser.h"

#include <stdint.h>
#include <string.h>

#include "base/number.h"
#include "model/target.h"
#include "procfs/lines.h"

static const struct field {
	const char *name;
	size_t offset; /* of the uint64_t in struct target_limits */
} fields[] = {
	{"Max stack size ", offsetof(struct target_limits, stack)},
	{"Max address space ", offsetof(struct target_limits, as)},
	{"Max data size ", offsetof(struct target_limits, data)},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

/* A text that ends in the number may have been cut there when it was recorded. */
static uint64_t parse_value(const char *at, const char *end)
{
	static const char unlimited[] = "unlimited";
	const size_t length = sizeof(unlimited) - 1;
	uint64_t number;

	while (at < end && *at == ' ')
		at++;
	if ((size_t)(end - at) >= length && memcmp(at, unlimited, length) == 0)
		return TARGET_UNLIMITED;
	return number_scan(&at, end, 10, &number) || at == end ? TARGET_UNKNOWN : number;
}

static void parse_line(const char *at, const char *end, struct target_limits *limits)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		size_t length = strlen(fields[i].name);

		if ((size_t)(end - at) < length || memcmp(at, fields[i].name, length) != 0)
			continue;
		*(uint64_t *)((char *)limits + fields[i].offset) = parse_value(at + length, end);
		return;
	}
}

void limits_parse(const char *bytes, size_t length, struct target_limits *limits)
{
	const char *at = bytes, *end = bytes + length, *line, *line_end;

	limits->stack = limits->as = limits->data = TARGET_UNKNOWN;
	while (lines_next(&at, end, &line, &line_end))
		parse_line(line, line_end, limits);
}
