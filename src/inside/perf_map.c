/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/perf_map.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/search.h"
#include "inside/file_reader.h"
#include "inside/inside_object.h"

/* All lines, in the order of the file. */
struct lines {
	struct inside_name *names;
	size_t count, capacity;
};

/*
 * The bytes that lines are about, divided where any begins or ends: bounds[i] to bounds[i + 1] is
 * the piece i. next[i] leads to the first piece from i on that no line has taken yet.
 */
struct pieces {
	uint64_t *bounds;
	uint32_t *next;
	size_t count; /* of bounds */
};

/* A number in hexadecimal and the blank behind it; HotSpot writes 0x before its numbers. */
static bool take_number(const char **at, const char *end, uint64_t *ret_number)
{
	if (end - *at > 2 && (*at)[0] == '0' && (*at)[1] == 'x')
		*at += 2;
	return !number_scan(at, end, 16, ret_number) && *at < end && *(*at)++ == ' ';
}

/* A line without its newline; the name ends where it does, as a NUL is written there. */
static bool parse_line(char *line, char *end, struct inside_name *ret_name)
{
	const char *at = line;
	uint64_t start, size;

	*end = '\0';
	if (!take_number(&at, end, &start) || !take_number(&at, end, &size) || !*at || !size ||
	    size > UINT64_MAX - start)
		return false;
	*ret_name = (struct inside_name){
		.address = start,
		.size = size,
		.limit = start + size,
		.name = at,
		.kind = INSIDE_FUNCTION,
		.reach = INSIDE_GLOBAL,
	};
	return true;
}

static void parse(struct lines *lines, char *bytes, size_t size)
{
	char *at = bytes, *end;

	/* The last one may be being written. */
	while (lines->count < SYMBOLS_MAX &&
	       (end = memchr(at, '\n', size - (size_t)(at - bytes)))) {
		lines->names = memory_array_grow(lines->names, lines->count, &lines->capacity,
						 sizeof(*lines->names));
		lines->count += parse_line(at, end, &lines->names[lines->count]);
		at = end + 1;
	}
}

static int compare_numbers(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static void divide(struct pieces *pieces, const struct lines *lines)
{
	size_t kept = 0;

	pieces->count = 2 * lines->count;
	pieces->bounds = memory_alloc(pieces->count * sizeof(*pieces->bounds));
	for (size_t i = 0; i < lines->count; i++) {
		pieces->bounds[2 * i] = lines->names[i].address;
		pieces->bounds[2 * i + 1] = lines->names[i].limit;
	}
	qsort(pieces->bounds, pieces->count, sizeof(*pieces->bounds), compare_numbers);
	for (size_t i = 0; i < pieces->count; i++)
		if (i == 0 || pieces->bounds[i] != pieces->bounds[kept - 1])
			pieces->bounds[kept++] = pieces->bounds[i];
	pieces->count = kept;
	pieces->next = memory_alloc((kept + 1) * sizeof(*pieces->next));
	for (size_t i = 0; i <= kept; i++)
		pieces->next[i] = (uint32_t)i;
}

/* The piece that begins there. */
static uint32_t piece_at(const struct pieces *pieces, uint64_t address)
{
	const struct search_members bounds = {pieces->bounds, 0, sizeof(*pieces->bounds), address};

	return (uint32_t)search_first(pieces->count, search_is_from, &bounds);
}

static uint32_t first_free(struct pieces *pieces, uint32_t piece)
{
	uint32_t found = piece;

	while (pieces->next[found] != found)
		found = pieces->next[found];
	while (pieces->next[piece] != found) {
		uint32_t next = pieces->next[piece];

		pieces->next[piece] = found;
		piece = next;
	}
	return found;
}

/* Takes all pieces of the line; false when a later line has one of them. */
static bool take_pieces(struct pieces *pieces, const struct inside_name *line)
{
	uint32_t piece = piece_at(pieces, line->address), end = piece_at(pieces, line->limit);
	uint32_t taken = 0;

	for (uint32_t at = first_free(pieces, piece); at < end; at = first_free(pieces, at)) {
		pieces->next[at] = at + 1;
		taken++;
	}
	return taken == end - piece;
}

/* Keeps the lines of which no later one has a byte. */
static void keep_living(struct lines *lines)
{
	struct pieces pieces;
	size_t first = lines->count;

	divide(&pieces, lines);
	for (size_t i = lines->count; i > 0; i--)
		if (take_pieces(&pieces, &lines->names[i - 1]))
			lines->names[--first] = lines->names[i - 1];
	lines->count -= first;
	memmove(lines->names, lines->names + first, lines->count * sizeof(*lines->names));
	free(pieces.bounds);
	free(pieces.next);
}

int perf_map_read(const struct file_reader *file, struct inside_object **ret_object)
{
	struct inside_parts parts = {.source = INSIDE_SOURCE_PERF_MAP};
	struct lines lines = {0};
	int error = file_reader_load(file, 0, file->size, PERF_MAP_BYTES_MAX, &parts.strings);

	if (error)
		return error == -ENODATA ? -ENOENT : error;
	parse(&lines, parts.strings, file->size);
	if (lines.count == 0) {
		free(lines.names);
		free(parts.strings);
		return -ENOENT;
	}
	keep_living(&lines);
	parts.names = lines.names;
	parts.name_count = lines.count;
	parts.strings_size = file->size;
	*ret_object = inside_object_create(&parts);
	return 0;
}
