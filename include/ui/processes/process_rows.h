/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PROCESSES_PROCESS_ROWS_H
#define UI_PROCESSES_PROCESS_ROWS_H

/*
 * Which processes of a list are shown, and in which order: narrowed by a pattern, sorted by a
 * column, as a list or as a tree. Unknown values come last whichever way is sorted; processes that
 * are equal are in the order of their pids. O(n log n).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pattern;
struct process;
struct process_list;

enum picker_column {
	PICKER_PID,
	PICKER_USER,
	PICKER_STATE,
	PICKER_THREADS,
	PICKER_RSS,
	PICKER_SIZE,
	PICKER_MAPPINGS,
	PICKER_UNIT,
	PICKER_COMMAND,
	PICKER_COLUMNS,
};

struct picker_order {
	enum picker_column column;
	bool reversed; /* numbers begin with the greatest, words with A: unless reversed */
	bool tree;     /* children below their parents */
};

#define PICKER_DEPTH_MAX 32 /* levels of the tree that are drawn as such */

struct picker_row {
	const struct process *process;
	bool match;        /* else it is there for its children only */
	uint32_t depth;    /* in the tree, up to PICKER_DEPTH_MAX; 0 in a list */
	uint64_t branches; /* bit d: at depth d a line continues to a sibling further down */
};

struct picker_rows {
	struct picker_row *rows;
	size_t count;
	size_t matches; /* rows that match */
};

/*
 * Replaces the rows by those of the list, of which they point to the processes. A pattern is looked
 * for in the command line, the name, the user, the unit and the pid of each; NULL: all are shown.
 * Of a tree the parents of what matches are shown too. What takes too long to match does not match;
 * returns 0, or -ELOOP when that are too many: then all are shown.
 */
int picker_rows_make(struct picker_rows *rows, const struct process_list *list,
		     const struct picker_order *order, const struct pattern *pattern);

void picker_rows_finish(struct picker_rows *rows);

/* What is shown as the command: without the program's folders; its name where there is none. */
const char *picker_rows_command(const struct process *process);

/* The heading of a column, "rss". */
const char *picker_rows_heading(enum picker_column column);

/* Whether the column begins with the greatest when not reversed. */
bool picker_rows_descends(enum picker_column column);

#endif
