/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_MARKS_H
#define UI_MARKS_H

/*
 * What is marked in the picture because it changed a moment ago, and until when. A mark follows
 * its mapping: one that grows again stays marked, with all that it grew since it was quiet last.
 * What vanished leaves a ghost. Bounded: the marks that would settle first make room.
 *
 * Marks are state without a clock: now_ns is any clock of nanoseconds that does not go back, the
 * same in all calls. Ranges are half-open. Marks of all zeroes are valid and empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/change.h"
#include "screen/role.h"

#define MARKS_MAX        1024
#define MARKS_LASTING_NS INT64_C(4000000000)
#define MARKS_GHOST_NS   INT64_C(2000000000)
#define MARKS_NEVER      INT64_MAX

struct mark {
	uint64_t start, end; /* what is marked; of a ghost, where it was */
	uint64_t from, to;   /* the part of it that grew; from == to: none */
	int64_t until_ns;    /* when it settles */
	enum change_type type;
	bool danger; /* has become writable and executable */
};

struct marks {
	struct mark *marks; /* by start; MARKS_MAX of room once there was one */
	uint64_t *reach;    /* the highest end of all marks up to that one */
	size_t count;
};

/* Frees what the marks hold and empties them. */
void marks_finish(struct marks *marks);

/* Marks what changed. CHANGE_EXEC clears all that was; splits, merges and the exit mark nothing. */
void marks_add(struct marks *marks, const struct change_list *list, int64_t now_ns);

/*
 * Lets go what has settled and returns whether something has, so that a redraw is due. Sets
 * *ret_next_ns to when the next mark settles; MARKS_NEVER without one.
 */
bool marks_expire(struct marks *marks, int64_t now_ns, int64_t *ret_next_ns);

/*
 * The most important mark that overlaps [start, end): dangerous before appeared, protected, grew,
 * shrank, moved, renamed, ghost. Sets *ret_mark to it with the part that grew cut to the range,
 * also where that is of another mark. Returns false, and leaves it untouched, when nothing is
 * marked there.
 */
bool marks_find(const struct marks *marks, uint64_t start, uint64_t end, struct mark *ret_mark);

/* The role that a change is shown in. */
enum role marks_role(enum change_type type, bool danger);

#endif
