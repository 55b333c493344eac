/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

/*
 * The differences between two snapshots of one process: a pure function of the two.
 *
 * A mapping keeps its identity (model/identity.h) while it grows, shrinks, is moved by mremap(2),
 * changes its protection or loses its file's name; it is not "unmapped and mapped". Each thing
 * that happened is one change:
 *
 * - memory unmapped in the middle of a mapping is CHANGE_UNMAPPED with just that range, and no
 *   split; memory that fills the gap between two mappings, so that the kernel makes them one, is
 *   CHANGE_MAPPED with just that range, and no merge. At an end of a mapping it shrank or grew;
 * - other permissions (or another name) for a part of a mapping are CHANGE_PROTECTED (or
 *   CHANGE_RENAMED) for that part, and no split; when the part turns back and the kernel merges
 *   it again, once more for the part, and no merge;
 * - a border that moves between accessible memory and the no-access reservation beside it is
 *   growth (or shrinking) of the accessible mapping; nothing is said about the reservation;
 * - a mapping that grew or appeared with a thread's stack in what is new (model/thread_stack.h), as
 *   where the kernel merges the stacks of several threads, did not grow: its new parts are mapped,
 *   each by itself. Likewise what vanished of it is unmapped, part for part;
 * - of a mapping that lost one end and grew at the other, first what it shrank to, from what it
 *   was, then what it grew to, from what was left;
 * - what vanished and appeared elsewhere is CHANGE_MOVED as described in model/moved.h: the kernel
 *   does not distinguish it from an munmap(2) and mmap(2) of equal size.
 *
 * A new program (execve) is one change, CHANGE_EXEC, not one for each mapping.
 *
 * What was mapped, with first (in order) what was unmapped, shrank and moved away taken out, and
 * then what moved here, grew and was mapped put in, is what is mapped now. Bytes, half-open
 * ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/kind.h"

struct address_space;

enum change_type {
	CHANGE_MAPPED,
	CHANGE_UNMAPPED,
	CHANGE_GREW,      /* delta > 0; which end: compare start with old_start */
	CHANGE_SHRANK,    /* delta < 0 */
	CHANGE_MOVED,     /* by mremap; the size may have changed too */
	CHANGE_PROTECTED, /* other permissions: of start to end, which were part of the old range */
	CHANGE_SPLIT,     /* the old range is several mappings, start to end being the lowest */
	CHANGE_MERGED,    /* start to end was several mappings, the old range being the lowest */
	CHANGE_RENAMED,   /* another name for start to end: deleted, renamed, or named by prctl */
	CHANGE_EXEC,      /* another program runs in the process */
	CHANGE_EXIT,      /* the process has ended */
	CHANGE_TYPE_COUNT,
};

struct change {
	enum change_type type;
	int64_t time_ns;             /* when it was seen: CLOCK_REALTIME, nanoseconds */
	uint64_t start, end;         /* what is there now; 0, 0 for unmapped, exec and exit */
	uint64_t old_start, old_end; /* what was there; 0, 0 for mapped, exec and exit */
	uint64_t size;               /* end - start, or for unmapped old_end - old_start */
	int64_t delta;               /* bytes more (or, negative, less) than before */
	uint8_t perms, old_perms;    /* PERM_…; 0 where there is no such mapping */
	uint8_t kind;                /* enum kind; of exec and exit KIND_GAP */
	const char *name;            /* raw bytes, never NULL; of exec and exit the path of the
				      * program (or its comm); of renamed the new name, with
				      * " (deleted)" after it when the file lost its name */
	int32_t tid;                 /* of a stack whose thread is known; else 0 */
	bool alternate;              /* as in struct vma */
};

struct change_list {
	struct arena arena; /* holds the names */
	struct change *changes;
	size_t count, capacity;
};

/* The stable name: "mapped", "unmapped", "grew", … */
const char *change_type_name(enum change_type type);

/*
 * Appends what is different in now against before to the list (which starts as all zeroes), in
 * the order of addresses, timed with now's time. Nothing when nothing is. O(n) in the mappings
 * unless both share their list, and O(m log m) in the changes.
 */
void change_compute(struct change_list *list, const struct address_space *before,
		    const struct address_space *now);

/* Appends the end of the process. */
void change_append_exit(struct change_list *list, const struct address_space *last,
			int64_t time_ns);

/* Whether another program begins: then it is the only change. */
bool change_list_has_exec(const struct change_list *list);

/* Frees what the list holds and empties it. */
void change_list_finish(struct change_list *list);

#endif
