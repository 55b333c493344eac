/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/processes/process_rows.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pattern.h"
#include "model/process.h"
#include "model/target.h"
#include "ui/text/program_name.h"

#define NONE SIZE_MAX

#define STEPS_A_PROCESS (PATTERN_STEPS_A_KEY / 20) /* at most, of a pattern */

/* The list while rows are made of it. All arrays have an item for each process. */
struct making {
	const struct process_list *list;
	const struct picker_order *order;
	size_t *sorted;       /* indices of processes, in the order of the column */
	bool *match, *kept;   /* kept: a match, or in a tree a parent of one */
	size_t *first, *next; /* in the tree: first child, next sibling; NONE: none */
	struct picker_rows *rows;
};

static const struct {
	const char *heading;
	bool descends;
} columns[PICKER_COLUMNS] = {
	[PICKER_PID] = {"pid", false},         [PICKER_USER] = {"user", false},
	[PICKER_STATE] = {"state", false},     [PICKER_THREADS] = {"thr", true},
	[PICKER_RSS] = {"rss", true},          [PICKER_SIZE] = {"size", true},
	[PICKER_MAPPINGS] = {"maps", true},    [PICKER_UNIT] = {"unit", false},
	[PICKER_COMMAND] = {"command", false},
};

const char *picker_rows_heading(enum picker_column column)
{
	return columns[column].heading;
}

bool picker_rows_descends(enum picker_column column)
{
	return columns[column].descends;
}

const char *picker_rows_command(const struct process *process)
{
	return process->command[0] ? program_name(process->command, NULL) : process->comm;
}

/* 1: contains a match; 0; -ELOOP: none of *steps is left. One that takes too many is no match. */
static int matches(const struct pattern *pattern, const struct process *process, uint64_t *steps)
{
	const uint64_t most = *steps < STEPS_A_PROCESS ? *steps : STEPS_A_PROCESS;
	uint64_t left = most;
	char pid[16], uid[24];
	const char *const texts[] = {pid, process->user ? process->user : uid, process->comm,
				     process->command, process->unit ? process->unit : ""};
	int result = 0;

	snprintf(pid, sizeof(pid), "%" PRId32, process->pid);
	snprintf(uid, sizeof(uid), "%" PRIu64, process->uid);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && result == 0; i++)
		result = pattern_match(pattern, texts[i], strlen(texts[i]), &left);
	*steps -= most - left;
	return result < 0 && *steps ? 0 : result;
}

/* The greatest first; what is unknown behind all others, also when reversed. */
static int compare_sizes(uint64_t x, uint64_t y, bool reversed)
{
	if (x == TARGET_UNKNOWN || y == TARGET_UNKNOWN)
		return (x == TARGET_UNKNOWN) - (y == TARGET_UNKNOWN);
	return reversed ? (x > y) - (x < y) : (x < y) - (x > y);
}

static int compare_words(const char *x, const char *y, bool reversed)
{
	if (!x || !y)
		return !x - !y;
	return reversed ? strcasecmp(y, x) : strcasecmp(x, y);
}

static int compare_by_column(const struct process *x, const struct process *y,
			     const struct picker_order *order)
{
	bool reversed = order->reversed;

	switch (order->column) {
	case PICKER_USER: return compare_words(x->user, y->user, reversed);
	case PICKER_STATE: return reversed ? y->state - x->state : x->state - y->state;
	case PICKER_THREADS: return compare_sizes(x->threads, y->threads, reversed);
	case PICKER_RSS: return compare_sizes(x->rss, y->rss, reversed);
	case PICKER_SIZE: return compare_sizes(x->size, y->size, reversed);
	case PICKER_MAPPINGS: return compare_sizes(x->mappings, y->mappings, reversed);
	case PICKER_UNIT: return compare_words(x->unit, y->unit, reversed);
	case PICKER_COMMAND:
		return compare_words(picker_rows_command(x), picker_rows_command(y), reversed);
	default: return reversed ? (x->pid < y->pid) - (x->pid > y->pid) : 0;
	}
}

static int compare(const void *a, const void *b, void *context)
{
	const struct making *making = context;
	const struct process *x = &making->list->processes[*(const size_t *)a];
	const struct process *y = &making->list->processes[*(const size_t *)b];
	int result = compare_by_column(x, y, making->order);

	return result ? result : (x->pid > y->pid) - (x->pid < y->pid);
}

static size_t parent_of(const struct making *making, size_t index)
{
	const struct process *process = &making->list->processes[index];
	const struct process *parent =
		process->parent ? process_list_find(making->list, process->parent) : NULL;

	return parent ? (size_t)(parent - making->list->processes) : NONE;
}

static int find_matches(struct making *making, const struct pattern *pattern)
{
	uint64_t steps = PATTERN_STEPS_A_KEY;
	size_t count = making->list->count;

	for (size_t i = 0; i < count; i++) {
		int result = pattern ? matches(pattern, &making->list->processes[i], &steps) : 1;

		if (result < 0) {
			memset(making->match, true, count);
			return result;
		}
		making->match[i] = result == 1;
	}
	return 0;
}

/* Each match, and in a tree all its ancestors; one that is kept already has kept its own. */
static void keep(struct making *making)
{
	for (size_t i = 0; i < making->list->count; i++) {
		size_t at = making->match[i] ? i : NONE;

		while (at != NONE && !making->kept[at]) {
			making->kept[at] = true;
			at = making->order->tree ? parent_of(making, at) : NONE;
		}
	}
}

static void add_row(struct making *making, size_t index, uint32_t depth, uint64_t branches)
{
	struct picker_rows *rows = making->rows;

	rows->rows[rows->count++] = (struct picker_row){
		.process = &making->list->processes[index],
		.match = making->match[index],
		.depth = depth,
		.branches = branches,
	};
	rows->matches += making->match[index];
	/* No second time: processes were read one after the other, so a list may hold circles. */
	making->kept[index] = false;
}

/* What is still to be added of a tree, innermost last. */
struct branch {
	size_t index;
	uint32_t depth;
	uint64_t branches;
};

/* The next sibling from that one on that is to be added. */
static size_t next_kept(const struct making *making, size_t index)
{
	while (index != NONE && !making->kept[index])
		index = making->next[index];
	return index;
}

/* Adds the process and all below it; stack has room for two branches per process. */
static void add_tree(struct making *making, size_t root, struct branch *stack)
{
	size_t used = 0;

	stack[used++] = (struct branch){.index = root};
	while (used) {
		struct branch at = stack[--used];
		uint32_t depth = at.depth < PICKER_DEPTH_MAX ? at.depth + 1 : at.depth;
		size_t sibling = at.depth ? next_kept(making, making->next[at.index]) : NONE;
		uint64_t bit = UINT64_C(1) << at.depth;
		size_t child;

		if (!making->kept[at.index])
			continue;
		at.branches = sibling == NONE ? at.branches & ~bit : at.branches | bit;
		add_row(making, at.index, at.depth, at.branches);
		if (sibling != NONE)
			stack[used++] = (struct branch){sibling, at.depth, at.branches};
		child = next_kept(making, making->first[at.index]);
		if (child != NONE)
			stack[used++] = (struct branch){child, depth, at.branches};
	}
}

/* Sorts children below their parents, and adds each tree. */
static void add_trees(struct making *making)
{
	size_t count = making->list->count;
	struct branch *stack = memory_alloc((2 * count + 1) * sizeof(*stack));
	bool *child = memory_alloc(count * sizeof(*child));

	for (size_t i = 0; i < count; i++)
		making->first[i] = making->next[i] = NONE;
	for (size_t i = count; i-- > 0;) {
		size_t index = making->sorted[i], parent = parent_of(making, index);

		if (parent == NONE || parent == index)
			continue;
		child[index] = true;
		making->next[index] = making->first[parent];
		making->first[parent] = index;
	}
	for (size_t i = 0; i < count; i++)
		if (!child[making->sorted[i]] && making->kept[making->sorted[i]])
			add_tree(making, making->sorted[i], stack);
	/* What hangs in a circle. */
	for (size_t i = 0; i < count; i++)
		if (making->kept[making->sorted[i]])
			add_tree(making, making->sorted[i], stack);
	free(child);
	free(stack);
}

int picker_rows_make(struct picker_rows *rows, const struct process_list *list,
		     const struct picker_order *order, const struct pattern *pattern)
{
	size_t count = list->count;
	struct making making = {
		.list = list,
		.order = order,
		.sorted = memory_alloc(count * sizeof(size_t)),
		.match = memory_alloc(count),
		.kept = memory_alloc(count),
		.first = memory_alloc(count * sizeof(size_t)),
		.next = memory_alloc(count * sizeof(size_t)),
		.rows = rows,
	};
	int error;

	picker_rows_finish(rows);
	rows->rows = memory_alloc(count * sizeof(*rows->rows));
	for (size_t i = 0; i < count; i++)
		making.sorted[i] = i;
	if (count)
		qsort_r(making.sorted, count, sizeof(size_t), compare, &making);
	error = find_matches(&making, pattern);
	keep(&making);
	if (order->tree)
		add_trees(&making);
	for (size_t i = 0; i < count; i++)
		if (making.kept[making.sorted[i]])
			add_row(&making, making.sorted[i], 0, 0);
	free(making.sorted);
	free(making.match);
	free(making.kept);
	free(making.first);
	free(making.next);
	return error;
}

void picker_rows_finish(struct picker_rows *rows)
{
	free(rows->rows);
	*rows = (struct picker_rows){0};
}
