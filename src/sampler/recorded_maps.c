/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/recorded_maps.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "kernel/proc_file.h"
#include "procfs/lines.h"
#include "procfs/maps_parser.h"
#include "sampler/source.h"

#define FIELDS 5 /* of a line before the name: range, permissions, offset, device, inode */

struct entry {
	struct vma vma;
	size_t order; /* among the lines */
};

struct list {
	struct entry *entries;
	size_t count, capacity;
	bool sorted;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "Rss:  84 kB", "VmFlags: rd ex": what smaps tells of the mapping above it. */
static bool is_value(const char *at, const char *end)
{
	const char *begin = at;

	while (at < end && *at != ':' && !is_blank(*at))
		at++;
	return at > begin && at < end && *at == ':' && is_capital(*begin);
}

/* The line as the kernel writes it: one space between fields, a newline at its end. */
static void append_normal(struct text *text, const char *at, const char *end)
{
	for (int field = 0; field < FIELDS && at < end; field++) {
		const char *begin = at;

		while (at < end && !is_blank(*at))
			at++;
		if (field)
			text_append_char(text, ' ');
		text_append_bytes(text, begin, (size_t)(at - begin));
		while (at < end && is_blank(*at))
			at++;
	}
	if (at < end) {
		text_append_char(text, ' ');
		text_append_bytes(text, at, (size_t)(end - at));
	}
	text_append_char(text, '\n');
}

static void add_entry(struct list *list, const struct vma *vma)
{
	struct entry *last = list->count ? &list->entries[list->count - 1] : NULL;

	/* A list torn while it was read goes back by less than a mapping (procfs/maps_parser.h).
	 */
	if (last && vma->end <= last->vma.start)
		list->sorted = false;
	list->entries = memory_array_grow(list->entries, list->count, &list->capacity,
					  sizeof(*list->entries));
	list->entries[list->count] = (struct entry){.vma = *vma, .order = list->count};
	list->count++;
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->vma.start != y->vma.start)
		return x->vma.start < y->vma.start ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static void hand_over(struct maps_parser *parser, struct list *list)
{
	if (!list->sorted)
		qsort(list->entries, list->count, sizeof(*list->entries), compare_entries);
	for (size_t i = 0; i < list->count; i++)
		maps_parser_add(parser, &list->entries[i].vma);
}

/* One line without its end. Returns false when it is no mapping, nor anything else of smaps. */
static bool take_line(struct maps_parser *parser, struct list *list, const char *at,
		      const char *end)
{
	struct text text = {0};
	struct vma vma;
	int error;

	while (at < end && is_blank(*at))
		at++;
	if (at == end || is_value(at, end))
		return true;
	append_normal(&text, at, end);
	error = maps_parser_line(parser, text_string(&text), text.length, &vma);
	text_finish(&text);
	if (!error)
		add_entry(list, &vma);
	return !error;
}

static const char *skip_byte_order_mark(const char *bytes, size_t length)
{
	return length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? bytes + 3 : bytes;
}

/* Whether the first line ends as lines of DOS do: then all of them do. */
static bool has_carriage_returns(const char *bytes, size_t length)
{
	const char *newline = memchr(bytes, '\n', length);

	return newline && newline > bytes && newline[-1] == '\r';
}

/* Whether the last line, which lacks its newline, is nevertheless all there was. */
static bool is_complete(const struct list *list)
{
	/* The kernel's last one, if there is one. */
	return list->count && strcmp(list->entries[list->count - 1].vma.name, "[vsyscall]") == 0;
}

static void take_lines(struct maps_parser *parser, struct list *list, const char *at,
		       const char *end, struct source_damage *damage)
{
	bool returns = has_carriage_returns(at, (size_t)(end - at));
	const char *line, *line_end;
	uint64_t number = 0;

	while (lines_next(&at, end, &line, &line_end)) {
		bool ended = at > line_end;

		number++;
		if (returns && line_end > line && line_end[-1] == '\r')
			line_end--;
		if (!take_line(parser, list, line, line_end) && ended && !damage->skipped++)
			damage->first_skipped = number;
		if (!ended)
			damage->cut = !is_complete(list);
	}
}

int recorded_maps_parse(struct maps_parser *parser, const char *bytes, size_t length,
			struct source_damage *ret_damage)
{
	struct source_damage damage = {0};
	struct list list = {.sorted = true};

	if (!length)
		return -ENODATA;
	maps_parser_reset(parser);
	take_lines(parser, &list, skip_byte_order_mark(bytes, length), bytes + length, &damage);
	hand_over(parser, &list);
	free(list.entries);
	if (!parser->count)
		return -EBADMSG;
	*ret_damage = damage;
	return 0;
}

static int read_list(struct maps_parser *parser, int directory, const char *file,
		     struct source_damage *ret_damage)
{
	struct text text = {0};
	int error = proc_file_read(directory, file, RECORDED_MAPS_MAX, &text);

	if (!error && text.length == RECORDED_MAPS_MAX)
		error = -EFBIG;
	if (!error)
		error = recorded_maps_parse(parser, text_string(&text), text.length, ret_damage);
	text_finish(&text);
	if (!error)
		ret_damage->file = file;
	return error;
}

int recorded_maps_read(struct maps_parser *parser, int directory, struct source_damage *ret_damage)
{
	static const char *const files[] = {"maps", "smaps"};
	struct source_damage damage[2] = {0};
	int error[2];

	for (int i = 0; i < 2; i++) {
		error[i] = read_list(parser, directory, files[i], &damage[i]);
		if (!error[i] && !damage[i].skipped && !damage[i].cut) {
			*ret_damage = damage[i];
			return 0;
		}
	}
	/* None is whole. What is in the parser is smaps. */
	if (error[0] && !error[1])
		*ret_damage = damage[1];
	else if (!error[0])
		return read_list(parser, directory, files[0], ret_damage);
	return error[0] == -ENOENT ? error[1] : error[1] ? error[0] : 0;
}
