/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/cgroup_parser.h"

#include <stdbool.h>
#include <string.h>

#include "procfs/lines.h"

/* One line: "HIERARCHY:CONTROLLERS:PATH". */
struct entry {
	const char *controllers, *controllers_end;
	const char *path, *path_end;
};

static bool parse_line(const char *line, const char *end, struct entry *ret_entry)
{
	const char *first = memchr(line, ':', (size_t)(end - line));
	const char *second = first ? memchr(first + 1, ':', (size_t)(end - first - 1)) : NULL;

	if (!second || second + 1 == end || second[1] != '/')
		return false;
	*ret_entry = (struct entry){first + 1, second, second + 1, end};
	return true;
}

/* Whether the list between commas has the controller. */
static bool has_controller(const struct entry *entry, const char *name)
{
	const char *at = entry->controllers;
	size_t length = strlen(name);

	while (at < entry->controllers_end) {
		const char *comma = memchr(at, ',', (size_t)(entry->controllers_end - at));
		const char *end = comma ? comma : entry->controllers_end;

		if ((size_t)(end - at) == length && memcmp(at, name, length) == 0)
			return true;
		at = end + 1;
	}
	return false;
}

/* How well the hierarchy says where a process belongs; 0: not at all. */
static int rank_of(const struct entry *entry)
{
	if (entry->controllers == entry->controllers_end)
		return 3;
	if (has_controller(entry, "name=systemd"))
		return 2;
	return has_controller(entry, "memory");
}

const char *cgroup_parse(const char *bytes, size_t length, size_t *ret_length)
{
	const char *at = bytes, *end = bytes + length, *line, *line_end, *found = NULL;
	struct entry entry;
	int best = 0;

	while (lines_next(&at, end, &line, &line_end)) {
		if (!parse_line(line, line_end, &entry) || rank_of(&entry) <= best)
			continue;
		best = rank_of(&entry);
		found = entry.path;
		*ret_length = (size_t)(entry.path_end - entry.path);
	}
	return found;
}
