/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picker.h"

#include <limits.h>
#include <stdio.h>

#include "base/pattern.h"
#include "base/utf8.h"
#include "model/process.h"
#include "screen/key.h"
#include "ui/glyphs.h"
#include "ui/pane.h"

#define CTRL(letter) ((letter)&31)

size_t picker_lines(const struct picker *picker)
{
	int lines = frame_inside(&picker->frame, picker->frame.picture).lines - 1;

	return lines > 0 ? (size_t)lines : 1;
}

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
	picker->top = pane_scroll(picker->top, picker->cursor, picker->cursor, picker_lines(picker),
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

void picker_init(struct picker *picker, const char *narrow, bool unicode)
{
	*picker = (struct picker){
		.order = {.column = PICKER_RSS},
		.glyphs = glyphs_get(unicode),
	};
	prompt_set(&picker->narrow, narrow ? narrow : "");
	take_narrow(picker);
}

void picker_finish(struct picker *picker)
{
	picker_rows_finish(&picker->rows);
	process_list_destroy(picker->list);
	pattern_destroy(picker->pattern);
	text_finish(&picker->message);
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

void picker_resize(struct picker *picker, int columns, int lines)
{
	frame_measure(&picker->frame, columns, lines, &(struct frame_wish){0});
	scroll(picker);
}

static enum picker_answer choose(struct picker *picker)
{
	return picker_process(picker) ? PICKER_CHOSEN : PICKER_REDRAW;
}

static enum picker_answer move_up(struct picker *picker)
{
	picker_move(picker, -1);
	return PICKER_REDRAW;
}

static enum picker_answer move_down(struct picker *picker)
{
	picker_move(picker, 1);
	return PICKER_REDRAW;
}

static enum picker_answer page_up(struct picker *picker)
{
	picker_move(picker, -(int)picker_lines(picker));
	return PICKER_REDRAW;
}

static enum picker_answer page_down(struct picker *picker)
{
	picker_move(picker, (int)picker_lines(picker));
	return PICKER_REDRAW;
}

static enum picker_answer move_top(struct picker *picker)
{
	picker_select(picker, 0);
	return PICKER_REDRAW;
}

static enum picker_answer move_bottom(struct picker *picker)
{
	picker_select(picker, SIZE_MAX);
	return PICKER_REDRAW;
}

static enum picker_answer reorder(struct picker *picker)
{
	make_rows(picker);
	follow_cursor(picker);
	return PICKER_REDRAW;
}

void picker_sort(struct picker *picker, enum picker_column column)
{
	picker->order.reversed = picker->order.column == column && !picker->order.reversed;
	picker->order.column = column;
	reorder(picker);
}

static enum picker_answer sort_by(struct picker *picker, int step)
{
	int column = (int)picker->order.column + step;

	picker->order.column = (enum picker_column)((column + PICKER_COLUMNS) % PICKER_COLUMNS);
	picker->order.reversed = false;
	return reorder(picker);
}

static enum picker_answer sort_left(struct picker *picker)
{
	return sort_by(picker, -1);
}

static enum picker_answer sort_right(struct picker *picker)
{
	return sort_by(picker, 1);
}

static enum picker_answer reverse(struct picker *picker)
{
	picker->order.reversed = !picker->order.reversed;
	return reorder(picker);
}

static enum picker_answer toggle_tree(struct picker *picker)
{
	picker->order.tree = !picker->order.tree;
	return reorder(picker);
}

static enum picker_answer leave(struct picker *picker)
{
	if (!picker->narrow.length)
		return PICKER_LEFT;
	prompt_set(&picker->narrow, "");
	take_narrow(picker);
	return PICKER_REDRAW;
}

static enum picker_answer quit(struct picker *picker)
{
	(void)picker;
	return PICKER_QUIT;
}

static enum picker_answer repaint(struct picker *picker)
{
	(void)picker;
	return PICKER_REPAINT;
}

static const struct picker_command commands[] = {
	{.name = "attach",
	 .help = "Watch the process under the cursor",
	 .footer = "watch",
	 .run = choose,
	 .keys = {KEY_RETURN}},
	{.name = "up", .help = "Go to the process above", .run = move_up, .keys = {KEY_ARROW_UP}},
	{.name = "down",
	 .help = "Go to the process below",
	 .run = move_down,
	 .keys = {KEY_ARROW_DOWN}},
	{.name = "page-up",
	 .help = "Go up a screenful",
	 .run = page_up,
	 .keys = {KEY_PAGE_UP, CTRL('B')}},
	{.name = "page-down",
	 .help = "Go down a screenful",
	 .run = page_down,
	 .keys = {KEY_PAGE_DOWN, CTRL('F')}},
	{.name = "top", .help = "Go to the first process", .run = move_top, .keys = {KEY_TO_HOME}},
	{.name = "bottom",
	 .help = "Go to the last process",
	 .run = move_bottom,
	 .keys = {KEY_TO_END}},
	{.name = "sort-right",
	 .help = "Sort by the next column",
	 .label = "Left Right",
	 .footer = "sort",
	 .run = sort_right,
	 .keys = {KEY_ARROW_RIGHT, KEY_FN + 5}},
	{.name = "sort-left",
	 .help = "Sort by the column before",
	 .run = sort_left,
	 .keys = {KEY_ARROW_LEFT}},
	{.name = "reverse",
	 .help = "Sort the other way round",
	 .footer = "reverse",
	 .run = reverse,
	 .keys = {KEY_TAB}},
	{.name = "tree",
	 .help = "Children below their parents, or not",
	 .footer = "tree",
	 .run = toggle_tree,
	 .keys = {KEY_FN + 4, CTRL('T')}},
	{.name = "repaint", .help = "Draw the screen again", .run = repaint, .keys = {CTRL('L')}},
	{.name = "leave",
	 .help = "Clear what is typed; then leave",
	 .footer = "leave",
	 .run = leave,
	 .keys = {KEY_ESC}},
	{.name = "quit",
	 .help = "Quit vastop",
	 .footer = "quit",
	 .run = quit,
	 .keys = {KEY_FN + 9}},
};

const struct picker_command *picker_command_table(size_t *ret_count)
{
	*ret_count = sizeof(commands) / sizeof(commands[0]);
	return commands;
}

enum picker_answer picker_handle_key(struct picker *picker, uint32_t key)
{
	text_clear(&picker->message);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		for (size_t j = 0; j < PICKER_KEYS_MAX && commands[i].keys[j]; j++)
			if (commands[i].keys[j] == key)
				return commands[i].run(picker);
	switch (prompt_take_key(&picker->narrow, key)) {
	case PROMPT_EDITED: take_narrow(picker); break;
	case PROMPT_IGNORED:
		if (picker->narrow.length == 0 && key >= KEY_NAMED)
			text_append(&picker->message,
				    "This key does nothing here; letters narrow the list.");
		break;
	default: break;
	}
	return PICKER_REDRAW;
}
