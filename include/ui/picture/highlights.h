/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_HIGHLIGHTS_H
#define UI_PICTURE_HIGHLIGHTS_H

/*
 * What is marked in the picture because it changed a moment ago, and until when. A highlight
 * follows its mapping: one that grows again stays marked, with all that it grew since it was quiet
 * last. What vanished leaves a ghost. Bounded: the highlights that would settle first make room.
 *
 * Marks are state without a clock: now_ns is any clock of nanoseconds that does not go back, the
 * same in all calls. Ranges are half-open. Marks of all zeroes are valid and empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/change.h"
#include "screen/role.h"

#define HIGHLIGHTS_MAX        1024
#define HIGHLIGHTS_LASTING_NS INT64_C(4000000000)
#define HIGHLIGHTS_GHOST_NS   INT64_C(2000000000)
#define HIGHLIGHTS_NEVER      INT64_MAX

struct highlight {
	uint64_t start, end; /* what is marked; of a ghost, where it was */
	uint64_t from, to;   /* the part of it that grew; from == to: none */
	int64_t until_ns;    /* when it settles */
	enum change_type type;
	bool danger; /* has become writable and executable */
};

struct highlights {
	struct highlight *highlights; /* by start; HIGHLIGHTS_MAX of room once there was one */
	uint64_t *reach;              /* the highest end of all highlights up to that one */
	size_t count;
};

/* Frees what the highlights hold and empties them. */
void highlights_finish(struct highlights *highlights);

/* Marks what changed. CHANGE_EXEC clears all that was; splits, merges and the exit highlight
 * nothing. */
void highlights_add(struct highlights *highlights, const struct change_list *list, int64_t now_ns);

/*
 * Lets go what has settled and returns whether something has, so that a redraw is due. Sets
 * *ret_next_ns to when the next highlight settles; HIGHLIGHTS_NEVER without one.
 */
bool highlights_expire(struct highlights *highlights, int64_t now_ns, int64_t *ret_next_ns);

/*
 * The most important highlight that overlaps [start, end): dangerous before appeared, protected,
 * grew, shrank, moved, renamed, ghost. Sets *ret_mark to it with the part that grew cut to the
 * range, also where that is of another highlight. Returns false, and leaves it untouched, when
 * nothing is marked there.
 */
bool highlights_find(const struct highlights *highlights, uint64_t start, uint64_t end,
		     struct highlight *ret_mark);

/* The role that a change is shown in. */
enum role highlights_role(enum change_type type, bool danger);

#endif
