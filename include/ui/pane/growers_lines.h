/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_GROWERS_LINES_H
#define UI_PANE_GROWERS_LINES_H

/*
 * The lines of the growers pane: first a short block of kinds, then the heap's inside where
 * that was walked, then the mappings, with the members
 * of an unfolded group below it. They count from 0 at the first block's heading.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/growers.h"

#define GROWERS_LINES_KINDS 5  /* kinds shown, at most */
#define GROWERS_LINES_OPEN  16 /* groups that can be unfolded at the same time */

/* Which groups are unfolded, the one unfolded last at the end. All zeroes: none. */
struct growers_open {
	struct alike groups[GROWERS_LINES_OPEN];
	size_t count;
};

/* Unfolds the group, or folds it; of too many the one that was unfolded first is folded. */
void growers_open_toggle(struct growers_open *open, const struct growers_entry *group);

enum growers_line_type {
	GROWERS_LINE_NONE,  /* below the last one */
	GROWERS_LINE_KINDS, /* headings */
	GROWERS_LINE_HEAP,
	GROWERS_LINE_MAPPINGS,
	GROWERS_LINE_ENTRY,
	GROWERS_LINE_GROUP,
	GROWERS_LINE_MEMBER,
	GROWERS_LINE_REST, /* how many members more there are than are listed */
};

struct growers_line {
	enum growers_line_type type;
	const struct growers_entry *entry; /* of an entry, a group or a member; else NULL */
	bool open;                         /* of a group */
	size_t rest;                       /* of the rest: members that are not listed */
};

/* How many lines there are in all; 0 when nothing changed. */
size_t growers_lines_count(const struct growers *growers, const struct growers_open *open);

struct growers_line growers_lines_at(const struct growers *growers, const struct growers_open *open,
				     size_t line);

/*
 * The line of the same kind, the same group, or of the mapping that overlaps the entry's (which may
 * be of an older growers), or of its group; the first entry's when there is none any more; 0 when
 * there is nothing.
 */
size_t growers_lines_find(const struct growers *growers, const struct growers_open *open,
			  const struct growers_entry *entry);

/* The line of the next entry up (-1) or down (+1); the same at the ends. */
size_t growers_lines_move(const struct growers *growers, const struct growers_open *open,
			  size_t line, int direction);

/* The nearest first line with which a pane of so many lines inside shows the cursor. */
size_t growers_lines_scroll(const struct growers *growers, const struct growers_open *open,
			    size_t top, size_t cursor, size_t lines);

#endif
