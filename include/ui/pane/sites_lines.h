/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_SITES_LINES_H
#define UI_PANE_SITES_LINES_H

/*
 * The lines of the pane of call sites: a list of them, or a tree of functions. As callers each site
 * has those that called it below it; as callees the outermost functions have those that they called
 * below them, down to the sites. Bounded. Pure.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/call_sites.h"

#define SITES_LINES_MAX 1000u

enum sites_order { SITES_LIST, SITES_CALLERS, SITES_CALLEES, SITES_ORDERS };

struct sites_line {
	const struct code_frame *frame; /* NULL: of stacks that are not told apart */
	uint64_t bytes;
	uint32_t site;  /* index; of a tree that of its heaviest stack */
	uint16_t depth; /* 0: at the root */
	bool is_site;   /* it stands for the whole site */
};

struct sites_lines {
	struct sites_line *lines;
	size_t count;
};

/* The lines; with all_frames also functions that worked for the site. sites_lines_finish() frees
 * them. */
void sites_lines_init(struct sites_lines *lines, const struct call_sites *sites,
		      enum sites_order order, bool all_frames);
void sites_lines_finish(struct sites_lines *lines);

/* The line that is the same as one of other lines; 0: none is. */
size_t sites_lines_find(const struct sites_lines *lines, const struct sites_line *line);

#endif
