/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_MOMENT_H
#define MODEL_HISTORY_MOMENT_H

/*
 * A moment of a history made of the group that it is in: from the group's first record on, one
 * after the other. And an excerpt of a history, which has a copy of what finding one moment needs,
 * so that another thread can find it while the history continues.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/history_code.h"

struct address_space;
struct history_excerpt;
struct history_state;
struct kept_usage;

/* A group to be read: see model/history.c. */
struct history_stretch {
	uint64_t first;    /* number of its first moment */
	const char *names; /* the strings, so many bytes */
	size_t name_bytes;
	struct history_cursor records; /* begins as NULL: there is no such group */
};

/*
 * The state as a moment: a snapshot, which is the caller's, and, where ret_usage is not NULL, what
 * of it was in memory. mappings: as for history_state_space(). Returns 0 or -EINVAL.
 */
int history_moment_make(const struct history_state *state, const char *names,
			const struct address_space *mappings, struct address_space **ret_space,
			struct kept_usage *ret_usage);

/*
 * The moment with the number, which is in the group; ret_usage and ret_before may be NULL, and
 * *ret_before becomes the moment before only where that is in the group, too. What of two moments
 * is the same list is shared. Returns 0 or -EINVAL.
 */
int history_moment_find(const struct history_stretch *group, uint64_t moment,
			struct address_space **ret_space, struct kept_usage *ret_usage,
			struct address_space **ret_before);

/*
 * The same of a moment and the one before: where that is in another group, before is that group,
 * else it has no records. *ret_before is NULL where the moment before cannot be found.
 */
int history_moment_find_both(const struct history_stretch *group,
			     const struct history_stretch *before, uint64_t moment,
			     struct address_space **ret_space, struct kept_usage *ret_usage,
			     struct address_space **ret_before);

/* Copies the group, and the one of the moment before as above. history_excerpt_destroy() frees it.
 */
struct history_excerpt *history_excerpt_create(const struct history_stretch *group,
					       const struct history_stretch *before,
					       uint64_t moment);

/* Finds the moment of the excerpt as history_get_usage() does. */
int history_excerpt_get(const struct history_excerpt *excerpt, struct address_space **ret_space,
			struct kept_usage *ret_usage, struct address_space **ret_before);

/* Frees it; NULL is allowed. */
void history_excerpt_destroy(struct history_excerpt *excerpt);

#endif
