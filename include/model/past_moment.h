/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PAST_MOMENT_H
#define MODEL_PAST_MOMENT_H

/*
 * A moment of a history as it is looked at: its snapshot, what of it was in memory, and what it
 * changed. All zeroes: none.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/change.h"
#include "model/kept_usage.h"

struct address_space;
struct history;
struct history_excerpt;

struct past_moment {
	uint64_t number;
	struct address_space *space; /* owned; NULL: there is no moment */
	struct kept_usage usage;
	struct change_list changes; /* against the moment before, if that is kept */
	bool complete;              /* all is known of it that ever will be */
};

/*
 * The lists of the moment that was found last and of the one before it: neighbours mostly have one
 * of them, and shared with it (address_space_share_list()). All zeroes at first.
 */
struct past_lists {
	struct address_space *space, *before; /* owned; NULL: none */
	uint64_t number;                      /* of space */
};

/* The moment of the history; past_moment_finish() frees it. Returns 0 or as history_get(). */
int past_moment_get(const struct history *history, uint64_t number, struct past_moment *ret_past);

/*
 * The same of an excerpt (model/history_moment.h), which is of the moment with that number; lists
 * are of the same history and become those of this moment. Returns 0 or -EINVAL.
 */
int past_moment_find(const struct history_excerpt *excerpt, uint64_t number,
		     struct past_lists *lists, struct past_moment *ret_past);

/* Frees what it holds; it is none then. */
void past_moment_finish(struct past_moment *past);

/* The same of the lists. */
void past_lists_finish(struct past_lists *lists);

#endif
