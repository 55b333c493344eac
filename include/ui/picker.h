/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICKER_H
#define UI_PICKER_H

/*
 * Choosing a process: a list that is narrowed by typing and renewed all the time. The cursor is a
 * process (pid and start time), not a row: a new list changes neither what is under it nor, as far
 * as the list reaches, the line where it stands. As letters are typed, all commands are on other
 * keys: one table, a row a command, of which footer and documents are made.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ui/frame.h"
#include "ui/picker_rows.h"
#include "ui/prompt.h"

struct glyphs;
struct pattern;
struct process;
struct process_list;

/* What the loop has to do after a key. */
enum picker_answer {
	PICKER_REDRAW,
	PICKER_CHOSEN,  /* attach to picker_process() */
	PICKER_LEFT,    /* back to where the picker came from */
	PICKER_QUIT,    /* the program ends */
	PICKER_REPAINT, /* send the whole screen again */
};

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
	/* The process that is watched meanwhile; 0: none. */
	int32_t watched;
	uint64_t watched_start;
	struct text message; /* the answer to the last key; empty: none */
	struct frame frame;
	const struct glyphs *glyphs;
};

#define PICKER_KEYS_MAX 3

struct picker_command {
	const char *name;
	const char *help;   /* what it does, for the manual page */
	const char *label;  /* the keys in the footer; NULL: the first one's name */
	const char *footer; /* one word; NULL: not there */
	enum picker_answer (*run)(struct picker *picker);
	uint32_t keys[PICKER_KEYS_MAX]; /* 0 ends the list */
};

/* The table; *ret_count rows. */
const struct picker_command *picker_command_table(size_t *ret_count);

/* Starts without a list, narrowed by the text; NULL: not narrowed. */
void picker_init(struct picker *picker, const char *narrow, bool unicode);
void picker_finish(struct picker *picker);

/* Before the first list: the process that is watched. The cursor goes there. */
void picker_set_watched(struct picker *picker, int32_t pid, uint64_t start_ticks);

/* Takes a new list over, which the picker owns from then on. */
void picker_take_list(struct picker *picker, struct process_list *list);

/* Takes a new size of the screen over. */
void picker_resize(struct picker *picker, int columns, int lines);

/* Takes a key. */
enum picker_answer picker_handle_key(struct picker *picker, uint32_t key);

/* Puts the cursor on a row; the last one when there are fewer. */
void picker_select(struct picker *picker, size_t row);

/* Moves the cursor by so many rows, as far as there are some. */
void picker_move(struct picker *picker, int rows);

/* Sorts by a column; the other way round when it is sorted by already. */
void picker_sort(struct picker *picker, enum picker_column column);

/* The process under the cursor; NULL when nothing is shown. */
const struct process *picker_process(const struct picker *picker);

/* Whether the process under the cursor is the watched one. */
bool picker_is_on_watched(const struct picker *picker);

/* The rows that fit the screen. */
size_t picker_lines(const struct picker *picker);

#endif
