/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/sites_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NODES_MAX 8192u
#define NONE      UINT32_MAX
#define PARTS     200 /* of so many of all, a branch has to be one part to be shown */

struct node {
	const struct code_frame *frame;
	uint64_t bytes;
	uint32_t site, child, next; /* child: the first; next: of the same parent */
};

struct tree {
	struct node *nodes; /* the first is the root */
	uint32_t count;
};

/* Strings that are equal have one pointer only as long as one worker has named them. */
static bool are_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool is_same(const struct code_frame *a, const struct code_frame *b)
{
	if (!a || !b)
		return a == b;
	return are_equal(a->module, b->module) && are_equal(a->function, b->function) &&
	       (a->function ? are_equal(a->file, b->file) : a->offset == b->offset);
}

/* The child with the function, which is added; NONE: there is no room. */
static uint32_t child_of(struct tree *tree, uint32_t parent, const struct code_frame *frame,
			 uint32_t site)
{
	uint32_t at = tree->nodes[parent].child;

	while (at != NONE && !is_same(tree->nodes[at].frame, frame))
		at = tree->nodes[at].next;
	if (at != NONE || tree->count == NODES_MAX)
		return at;
	tree->nodes[tree->count] = (struct node){
		.frame = frame, .site = site, .child = NONE, .next = tree->nodes[parent].child};
	tree->nodes[parent].child = tree->count;
	return tree->count++;
}

/* Stacks come the heaviest first, so that a node's site is that of its heaviest one. */
static void add_stack(struct tree *tree, const struct called_stack *stack, enum sites_order order,
		      bool all_frames)
{
	const uint32_t first = all_frames ? 0 : stack->own;
	const uint32_t count = stack->frames ? stack->count - first : 1;
	uint32_t at = 0;

	for (uint32_t i = 0; i < count && at != NONE; i++) {
		const uint32_t frame = order == SITES_CALLERS ? first + i : stack->count - 1 - i;

		at = child_of(tree, at, stack->frames ? &stack->frames[frame] : NULL, stack->site);
		if (at != NONE)
			tree->nodes[at].bytes += stack->bytes;
	}
}

static int compare_nodes(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;

	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return (x > y) - (x < y);
}

/* Appends the children of a node that are worth it, the heaviest first, each with its own. */
static void append_children(struct sites_lines *lines, const struct tree *tree, uint32_t parent,
			    uint64_t least, uint16_t depth)
{
	const struct node *children[64];
	size_t count = 0;

	for (uint32_t at = tree->nodes[parent].child; at != NONE; at = tree->nodes[at].next)
		if (tree->nodes[at].bytes >= least && count < 64)
			children[count++] = &tree->nodes[at];
	qsort(children, count, sizeof(children[0]), compare_nodes);
	for (size_t i = 0; i < count && lines->count < SITES_LINES_MAX; i++) {
		lines->lines[lines->count++] = (struct sites_line){.frame = children[i]->frame,
								   .bytes = children[i]->bytes,
								   .site = children[i]->site,
								   .depth = depth};
		append_children(lines, tree, (uint32_t)(children[i] - tree->nodes), least,
				(uint16_t)(depth + 1));
	}
}

static void make_tree(struct sites_lines *lines, const struct call_sites *sites,
		      enum sites_order order, bool all_frames)
{
	struct tree tree = {.nodes = memory_alloc(NODES_MAX * sizeof(*tree.nodes)), .count = 1};

	tree.nodes[0].child = NONE;
	for (size_t i = 0; i < sites->stack_count; i++)
		add_stack(&tree, &sites->stacks[i], order, all_frames);
	append_children(lines, &tree, 0, sites->bytes / PARTS + 1, 0);
	free(tree.nodes);
}

void sites_lines_init(struct sites_lines *lines, const struct call_sites *sites,
		      enum sites_order order, bool all_frames)
{
	lines->lines = memory_alloc(SITES_LINES_MAX * sizeof(*lines->lines));
	lines->count = 0;
	if (order != SITES_LIST) {
		make_tree(lines, sites, order, all_frames);
		return;
	}
	for (uint32_t i = 0; i < sites->site_count && lines->count < SITES_LINES_MAX; i++)
		lines->lines[lines->count++] = (struct sites_line){.frame = sites->sites[i].frame,
								   .bytes = sites->sites[i].bytes,
								   .site = i,
								   .is_site = true};
}

void sites_lines_finish(struct sites_lines *lines)
{
	free(lines->lines);
	*lines = (struct sites_lines){0};
}

size_t sites_lines_find(const struct sites_lines *lines, const struct sites_line *line)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->lines[i].depth == line->depth &&
		    is_same(lines->lines[i].frame, line->frame))
			return i;
	return 0;
}
