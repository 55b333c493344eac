/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PROCESSES_PROCESS_LIST_H
#define UI_PROCESSES_PROCESS_LIST_H

/*
 * Choosing a process: a list that is narrowed by typing and renewed all the time. The cursor is a
 * process (pid and start time), not a row: a new list changes neither what is under it nor, as far
 * as the list reaches, the line where it stands.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/processes/process_rows.h"
#include "ui/prompt.h"

struct pattern;
struct process;
struct process_list;

struct picker {
	struct process_list *list; /* owned; NULL: there is none yet */
	struct picker_rows rows;
	struct picker_order order;
	struct prompt narrow;
	struct pattern *pattern; /* of what was typed; NULL: nothing is narrowed */
	char mistake[192];       /* what is wrong with what was typed; "": nothing */
	int32_t pid;             /* under the cursor; 0: no process */
	uint64_t start_ticks;
	size_t cursor, top; /* rows: under the cursor, first on the screen */
	size_t lines;       /* rows that the screen has room for, at least 1 */
	/* The process that is watched meanwhile; 0: none. */
	int32_t watched;
	uint64_t watched_start;
};

/* Starts without a list, not narrowed. */
void picker_init(struct picker *picker);
void picker_finish(struct picker *picker);

/* Narrows the list by the text. */
void picker_narrow(struct picker *picker, const char *text);

/* Before the first list: the process that is watched. The cursor goes there. */
void picker_set_watched(struct picker *picker, int32_t pid, uint64_t start_ticks);

/* Takes a new list over, which the picker owns from then on. */
void picker_take_list(struct picker *picker, struct process_list *list);

/* Takes over how many rows the screen has room for. */
void picker_set_lines(struct picker *picker, size_t lines);

/* Takes a key that types or edits what narrows the list; false: it is none. */
bool picker_take_key(struct picker *picker, uint32_t key);

/* Clears what is typed; false when nothing is. */
bool picker_clear(struct picker *picker);

/* Puts the cursor on a row; the last one when there are fewer. */
void picker_select(struct picker *picker, size_t row);

/* Moves the cursor by so many rows, as far as there are some. */
void picker_move(struct picker *picker, int rows);

/* Sorts by a column; the other way round when it is sorted by already. */
void picker_sort(struct picker *picker, enum picker_column column);

/* Sorts by the next column (+1) or the one before (-1), in its natural direction. */
void picker_sort_beside(struct picker *picker, int step);

/* Sorts the other way round. */
void picker_reverse(struct picker *picker);

/* Children below their parents, or not. */
void picker_toggle_tree(struct picker *picker);

/* The process under the cursor; NULL when nothing is shown. */
const struct process *picker_process(const struct picker *picker);

/* Whether the process under the cursor is the watched one. */
bool picker_is_on_watched(const struct picker *picker);

#endif
