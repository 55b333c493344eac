/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/growers_lines.h"

#include <string.h>

#include "ui/box.h"

/* The place of the group among the unfolded ones; their number when it is folded. */
static size_t find_open(const struct growers_open *open, const struct growers_entry *group)
{
	size_t i = 0;

	while (i < open->count && !alike_same(&open->groups[i], &group->alike))
		i++;
	return i;
}

static void close(struct growers_open *open, size_t at)
{
	memmove(&open->groups[at], &open->groups[at + 1],
		(--open->count - at) * sizeof(open->groups[0]));
}

void growers_open_toggle(struct growers_open *open, const struct growers_entry *group)
{
	size_t at = find_open(open, group);

	if (at < open->count) {
		close(open, at);
		return;
	}
	if (open->count == GROWERS_LINES_OPEN)
		close(open, 0);
	open->groups[open->count++] = group->alike;
}

static size_t kind_count(const struct growers *growers)
{
	return growers->kind_count < GROWERS_LINES_KINDS ? growers->kind_count
							 : GROWERS_LINES_KINDS;
}

/* The lines of the first block with its heading. */
static size_t kind_lines(const struct growers *growers)
{
	return growers->kind_count ? kind_count(growers) + 1 : 0;
}

/* The same of what is inside the heap. */
static size_t heap_lines(const struct growers *growers)
{
	return growers->heap_count ? growers->heap_count + 1 : 0;
}

static bool is_open(const struct growers_open *open, const struct growers_entry *entry)
{
	return entry->count && find_open(open, entry) < open->count;
}

/* The lines of an entry with what is unfolded below it. */
static size_t entry_lines(const struct growers_open *open, const struct growers_entry *entry)
{
	if (!is_open(open, entry))
		return 1;
	return 1 + entry->member_count + (entry->count > entry->member_count);
}

size_t growers_lines_count(const struct growers *growers, const struct growers_open *open)
{
	size_t lines = kind_lines(growers) + heap_lines(growers) + (growers->mapping_count ? 1 : 0);

	for (size_t i = 0; i < growers->mapping_count; i++)
		lines += entry_lines(open, &growers->mappings[i]);
	return lines;
}

/* The line of an entry, or below it: 0 is its own. */
static struct growers_line line_of(const struct growers *growers, const struct growers_open *open,
				   const struct growers_entry *entry, size_t below)
{
	if (!entry->count)
		return (struct growers_line){.type = GROWERS_LINE_ENTRY, .entry = entry};
	if (below == 0)
		return (struct growers_line){
			.type = GROWERS_LINE_GROUP, .entry = entry, .open = is_open(open, entry)};
	if (below <= entry->member_count)
		return (struct growers_line){.type = GROWERS_LINE_MEMBER,
					     .entry = &growers->members[entry->member + below - 1]};
	return (struct growers_line){.type = GROWERS_LINE_REST,
				     .rest = entry->count - entry->member_count};
}

struct growers_line growers_lines_at(const struct growers *growers, const struct growers_open *open,
				     size_t line)
{
	size_t first = kind_lines(growers);

	if (line < first)
		return line ? line_of(growers, open, &growers->kinds[line - 1], 0)
			    : (struct growers_line){.type = GROWERS_LINE_KINDS};
	line -= first;
	if (line < heap_lines(growers))
		return line ? line_of(growers, open, &growers->heap[line - 1], 0)
			    : (struct growers_line){.type = GROWERS_LINE_HEAP};
	line -= heap_lines(growers);
	if (!growers->mapping_count)
		return (struct growers_line){.type = GROWERS_LINE_NONE};
	if (line-- == 0)
		return (struct growers_line){.type = GROWERS_LINE_MAPPINGS};
	for (size_t i = 0; i < growers->mapping_count; i++) {
		const struct growers_entry *entry = &growers->mappings[i];
		size_t lines = entry_lines(open, entry);

		if (line < lines)
			return line_of(growers, open, entry, line);
		line -= lines;
	}
	return (struct growers_line){.type = GROWERS_LINE_NONE};
}

static bool is_kind(const struct growers_entry *entry)
{
	return entry->start == entry->end;
}

static bool is_same(const struct growers_entry *a, const struct growers_entry *b)
{
	if (a->part || b->part)
		return a->part == b->part && a->arena == b->arena;
	if (is_kind(a) != is_kind(b) || (a->count == 0) != (b->count == 0))
		return false;
	if (is_kind(a))
		return a->kind == b->kind;
	return a->count ? alike_same(&a->alike, &b->alike) : a->start < b->end && b->start < a->end;
}

/* Whether the mapping is a member of the group, listed or not. */
static bool is_in(const struct growers *growers, const struct growers_entry *group,
		  const struct growers_entry *entry)
{
	for (size_t i = 0; i < group->member_count; i++)
		if (is_same(&growers->members[group->member + i], entry))
			return true;
	return false;
}

size_t growers_lines_find(const struct growers *growers, const struct growers_open *open,
			  const struct growers_entry *entry)
{
	size_t lines = growers_lines_count(growers, open), group = 0;

	for (size_t i = 0; i < lines; i++) {
		const struct growers_line line = growers_lines_at(growers, open, i);

		if (!line.entry)
			continue;
		if (is_same(line.entry, entry))
			return i;
		if (!group && line.type == GROWERS_LINE_GROUP && is_in(growers, line.entry, entry))
			group = i;
	}
	return group ? group : lines ? 1 : 0;
}

size_t growers_lines_move(const struct growers *growers, const struct growers_open *open,
			  size_t line, int direction)
{
	size_t lines = growers_lines_count(growers, open), at = line;

	while (direction < 0 ? at > 0 : at + 1 < lines) {
		at = direction < 0 ? at - 1 : at + 1;
		if (growers_lines_at(growers, open, at).entry)
			return at;
	}
	return line;
}

size_t growers_lines_scroll(const struct growers *growers, const struct growers_open *open,
			    size_t top, size_t cursor, size_t lines)
{
	/* An entry below a heading is shown with it. */
	size_t first =
		cursor && !growers_lines_at(growers, open, cursor - 1).entry ? cursor - 1 : cursor;

	return box_scroll(top, first, cursor, lines, growers_lines_count(growers, open));
}
