/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/processes/process_list.h"

#include <limits.h>
#include <stdio.h>

#include "base/pattern.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/process.h"
#include "screen/key.h"
#include "ui/box.h"

#define CTRL(letter) ((letter)&31)

const struct process *picker_process(const struct picker *picker)
{
	return picker->cursor < picker->rows.count ? picker->rows.rows[picker->cursor].process
						   : NULL;
}

bool picker_is_on_watched(const struct picker *picker)
{
	return picker->watched && picker->pid == picker->watched &&
	       picker->start_ticks == picker->watched_start;
}

/* The row of the process under the cursor; count when it is not shown. */
static size_t find_row(const struct picker *picker)
{
	for (size_t i = 0; i < picker->rows.count; i++) {
		const struct process *process = picker->rows.rows[i].process;

		if (process->pid == picker->pid && process->start_ticks == picker->start_ticks)
			return i;
	}
	return picker->rows.count;
}

static void put_cursor(struct picker *picker, size_t row)
{
	const struct process *process;

	picker->cursor = row;
	process = picker_process(picker);
	picker->pid = process ? process->pid : 0;
	picker->start_ticks = process ? process->start_ticks : 0;
}

/* Brings the cursor onto the screen, and no blank lines while there are rows for them. */
static void scroll(struct picker *picker)
{
	picker->top = box_scroll(picker->top, picker->cursor, picker->cursor, picker->lines,
				 picker->rows.count);
}

void picker_select(struct picker *picker, size_t row)
{
	size_t count = picker->rows.count;

	put_cursor(picker, row < count ? row : count ? count - 1 : 0);
	scroll(picker);
}

void picker_move(struct picker *picker, int rows)
{
	size_t back = rows < 0 ? (size_t) - (rows + 1) + 1 : 0;

	if (back > picker->cursor)
		back = picker->cursor;
	picker_select(picker, rows < 0 ? picker->cursor - back : picker->cursor + (size_t)rows);
}

/* Makes the rows anew; what is typed may turn out to take too long. */
static void make_rows(struct picker *picker)
{
	if (!picker->list)
		return;
	if (picker_rows_make(&picker->rows, picker->list, &picker->order, picker->pattern)) {
		pattern_destroy(picker->pattern);
		picker->pattern = NULL;
		snprintf(picker->mistake, sizeof(picker->mistake),
			 "this pattern takes too long; try a simpler one");
	}
}

/*
 * After another list or order: the cursor stays on its process, and on its line. Where the process
 * is gone, the one that is now on that line takes its place.
 */
static void keep_cursor(struct picker *picker)
{
	size_t line = picker->cursor > picker->top ? picker->cursor - picker->top : 0;
	size_t row = find_row(picker), count = picker->rows.count;

	if (row == count)
		row = picker->cursor < count ? picker->cursor : count ? count - 1 : 0;
	put_cursor(picker, row);
	picker->top = row > line ? row - line : 0;
	scroll(picker);
}

/* After another order: the cursor stays on its process, else goes to the top. */
static void follow_cursor(struct picker *picker)
{
	size_t row = find_row(picker);

	picker->top = 0;
	picker_select(picker, row < picker->rows.count ? row : 0);
}

/*
 * The same after another narrowing: a parent that is there for its children only is not what was
 * looked for, so the cursor goes on to the first match.
 */
static void follow_match(struct picker *picker)
{
	size_t row = 0;

	follow_cursor(picker);
	if (picker->cursor >= picker->rows.count || picker->rows.rows[picker->cursor].match)
		return;
	while (row + 1 < picker->rows.count && !picker->rows.rows[row].match)
		row++;
	picker_select(picker, row);
}

/* Takes over what is typed. What is no pattern narrows nothing. */
static void take_narrow(struct picker *picker)
{
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;

	picker->mistake[0] = '\0';
	if (picker->narrow.length && pattern_create(picker->narrow.text, &pattern, &mistake)) {
		struct text before = {0};

		text_append_bytes(&before, picker->narrow.text,
				  mistake.offset < picker->narrow.length ? mistake.offset
									 : picker->narrow.length);
		snprintf(picker->mistake, sizeof(picker->mistake), "at column %zu: %s",
			 utf8_columns(text_string(&before)) + 1, mistake.message);
		text_finish(&before);
	}
	pattern_destroy(picker->pattern);
	picker->pattern = pattern;
	make_rows(picker);
	follow_match(picker);
}

void picker_init(struct picker *picker)
{
	*picker = (struct picker){.order = {.column = PICKER_RSS}, .lines = 1};
}

void picker_narrow(struct picker *picker, const char *text)
{
	prompt_set(&picker->narrow, text);
	take_narrow(picker);
}

void picker_finish(struct picker *picker)
{
	picker_rows_finish(&picker->rows);
	process_list_destroy(picker->list);
	pattern_destroy(picker->pattern);
}

void picker_set_watched(struct picker *picker, int32_t pid, uint64_t start_ticks)
{
	picker->watched = picker->pid = pid;
	picker->watched_start = picker->start_ticks = start_ticks;
}

void picker_take_list(struct picker *picker, struct process_list *list)
{
	struct process_list *before = picker->list;

	picker->list = list;
	make_rows(picker);
	if (before)
		keep_cursor(picker);
	else
		follow_cursor(picker);
	process_list_destroy(before);
}

void picker_set_lines(struct picker *picker, size_t lines)
{
	picker->lines = lines ? lines : 1;
	scroll(picker);
}

static void reorder(struct picker *picker)
{
	make_rows(picker);
	follow_cursor(picker);
}

void picker_sort(struct picker *picker, enum picker_column column)
{
	picker->order.reversed = picker->order.column == column && !picker->order.reversed;
	picker->order.column = column;
	reorder(picker);
}

void picker_sort_beside(struct picker *picker, int step)
{
	int column = (int)picker->order.column + step;

	picker->order.column = (enum picker_column)((column + PICKER_COLUMNS) % PICKER_COLUMNS);
	picker->order.reversed = false;
	reorder(picker);
}

void picker_reverse(struct picker *picker)
{
	picker->order.reversed = !picker->order.reversed;
	reorder(picker);
}

void picker_toggle_tree(struct picker *picker)
{
	picker->order.tree = !picker->order.tree;
	reorder(picker);
}

bool picker_take_key(struct picker *picker, uint32_t key)
{
	/* Of the others, those that edit the line. */
	bool typed = key < KEY_NAMED
			     ? key >= KEY_SPACE || key == CTRL('A') || key == CTRL('E') ||
				       key == CTRL('U') || key == CTRL('K') || key == CTRL('W')
			     : key == KEY_BACK || key == KEY_DEL;

	/* In an empty line Backspace would mean to leave. */
	if (!typed || (key == KEY_BACK && !picker->narrow.length))
		return typed;
	if (prompt_take_key(&picker->narrow, key) == PROMPT_EDITED)
		take_narrow(picker);
	return true;
}

bool picker_clear(struct picker *picker)
{
	if (!picker->narrow.length)
		return false;
	prompt_set(&picker->narrow, "");
	take_narrow(picker);
	return true;
}
