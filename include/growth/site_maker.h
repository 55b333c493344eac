/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_SITE_MAKER_H
#define GROWTH_SITE_MAKER_H

/*
 * Makes call sites (inside/call_sites.h) of stacks: names their frames (growth/site.h), once for
 * each, and adds up those that lead to the same function. Used by one thread at a time.
 */

#include <stdbool.h>
#include <stddef.h>

struct address_space;
struct attribution;
struct call_sites;
struct code_namer;
struct frame_store;
struct stack_table;

/*
 * Names the stacks that have none yet, in the snapshot; in a hurry as code_namer_learn() says. A
 * stack whose code is still unknown is tried again for some turns.
 */
void site_maker_name(struct stack_table *stacks, struct code_namer *namer,
		     struct frame_store *store, const struct address_space *space, bool hurry);

/* The sites of all that was attributed, with a reference; how listening goes is left to fill. */
struct call_sites *site_maker_make(const struct attribution *attribution,
				   struct frame_store *store);

#endif
