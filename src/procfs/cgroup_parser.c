/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/cgroup_parser.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "procfs/lines.h"

#define NUMBER_LEAST 32 /* hexadecimal digits from which a name is the number of a container */
#define NUMBER_SHOWN 12 /* of them, as the tools of containers show them */

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

/* Where the last name of the path, without the slash before it, begins. */
static const char *last_name(const char *path, const char *end)
{
	const char *at = end;

	while (at > path && at[-1] != '/')
		at--;
	return at;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* The end of the hexadecimal digits that begin there. */
static const char *digits_end(const char *at, const char *end)
{
	while (at < end && is_hex(*at))
		at++;
	return at;
}

/* Whether the name is nothing but the number of a container. */
static bool is_number(const char *name, const char *end)
{
	return end - name >= NUMBER_LEAST && digits_end(name, end) == end;
}

void cgroup_append_unit(struct text *text, const char *path, size_t length)
{
	static const char scope[] = ".scope";
	const size_t tail = sizeof(scope) - 1;
	const char *end = path + length, *name = last_name(path, end);

	/* Runtimes that use no names say in the name above whose number it is. */
	if (is_number(name, end) && name > path + 1)
		name = last_name(path, name - 1);
	if ((size_t)(end - name) > tail && memcmp(end - tail, scope, tail) == 0)
		end -= tail;
	while (name < end) {
		const char *digits = digits_end(name, end);

		if (digits - name >= NUMBER_LEAST)
			text_append_bytes(text, name, NUMBER_SHOWN);
		else
			text_append_bytes(text, name, (size_t)(digits - name) + (digits < end));
		name = digits - name >= NUMBER_LEAST ? digits : digits + (digits < end);
	}
}
