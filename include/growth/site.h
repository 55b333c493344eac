/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_SITE_H
#define GROWTH_SITE_H

/*
 * From a call stack (model/call_stack.h) to the call site: the frames with their names, inlined
 * functions among them, and which of them is the code that new pages are for, since those that it
 * called provide memory or run it (inside/code_class.h). To show these, show the frames before it.
 */

#include <stdbool.h>
#include <stddef.h>

#include "inside/code_frame.h"

#define SITE_FRAMES_MAX 128 /* of a stack, inlined functions counted */

struct address_space;
struct call_stack;
struct code_namer;

struct site {
	struct code_frame frames[SITE_FRAMES_MAX]; /* the innermost first; strings: the namer's */
	size_t count;                              /* at least 1 */
	size_t index;                              /* of the call site */
};

/*
 * Has the namer find out about all frames of count stacks (files/code_namer.h), in the snapshot of
 * the time when they were taken.
 */
void site_learn(struct code_namer *namer, const struct address_space *space,
		const struct call_stack *const *stacks, size_t count, bool hurry);

/* The site of a stack that has a frame at least, by what the namer knows. */
void site_find(const struct code_namer *namer, const struct call_stack *stack,
	       struct site *ret_site);

#endif
