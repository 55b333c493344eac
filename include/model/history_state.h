/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_STATE_H
#define MODEL_HISTORY_STATE_H

/*
 * One moment of a history in a form that the next one is derived from in place. Its strings are
 * places in the names of its group (model/history_names.h); the pointers to strings within are
 * not used. Records (model/history_diff.h) lead from one state to the next, the first of a group
 * from the empty state. What is known of its memory comes later, by a record of its own
 * (model/history_usage.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history_ranges.h"
#include "model/target.h"
#include "model/usage.h"
#include "model/vma.h"

struct address_space;
struct history_cursor;

#define HISTORY_NO_NAME SIZE_MAX /* a NULL string */

struct history_vma {
	struct vma vma; /* but for its name */
	size_t name;    /* place */
};

/* What of a moment is in memory (model/history_usage.h). */
struct history_known {
	bool told; /* false: it is not known, and the rest is of an earlier moment */
	bool has_residency, partial, swap_hides;
	enum residency_source source; /* of the usage */
	enum residency_source fine;   /* of the residency */
	int64_t smaps_ns;
	struct usage total;
	struct history_ranges runs, covered, blurred; /* of the residency, which is coarse */
};

struct history_state {
	int64_t time_ns;
	uint64_t cost_ns;
	struct target target; /* but for its strings */
	size_t comm, exe;     /* places */
	size_t *cmdline;      /* places, target.cmdline_count of them */
	size_t cmdline_capacity;
	bool bare; /* VMAs are only counted: the maker of the next record has the snapshot */
	struct history_vma *vmas;
	struct usage_list usages; /* of the VMAs, as many; empty: none is known yet */
	size_t vma_count, vma_capacity;
	struct history_vma *parts; /* of struct address_space */
	size_t part_count, part_capacity;
	struct history_known known;
};

/*
 * A record: its length, the distances of time and cost, a mask of HISTORY_PART_… and of the
 * target's numbers (bit HISTORY_PART_COUNT + index), then what the mask names, in this order:
 * numbers, comm, exe, cmdline, parts of VMAs, VMAs. Strings are places + 1, 0 for none.
 *
 * A record holds every part, each as a VMA that comes, with the next lower part as its predecessor:
 * only a few processes have parts at all.
 *
 * VMAs are hunks up to the end of the record: how many are as before, how many of those before
 * go, how many come, and those; what follows the last hunk is as before. One that comes is given by
 * a mask of HISTORY_VMA_… of what differs from the one that it replaces or, when more come than
 * go, from what would follow its predecessor.
 */
enum {
	HISTORY_PART_VMAS = 1,
	HISTORY_PART_COMM = 2,
	HISTORY_PART_EXE = 4,
	HISTORY_PART_CMDLINE = 8,
	HISTORY_PART_PARTS = 16,
	HISTORY_PART_COUNT = 5,

	HISTORY_VMA_START = 1,
	HISTORY_VMA_SIZE = 2,
	HISTORY_VMA_OFFSET = 4,
	HISTORY_VMA_FILE = 8, /* inode and device */
	HISTORY_VMA_NAME = 16,
	HISTORY_VMA_TID = 32,
	HISTORY_VMA_PERMS = 64,
	HISTORY_VMA_KIND = 128, /* kind, kind_source, owner, deleted, alternate and what its
				 * file is */
};

/* The mapping that would follow this one if it were the next part of the same thing. */
struct history_vma history_vma_successor(const struct history_vma *vma);

/*
 * The empty state, which can be made bare; history_state_finish() frees what it holds and makes it
 * empty again, as bare as before.
 */
void history_state_init(struct history_state *state);
void history_state_finish(struct history_state *state);

/* Makes it the empty state, as bare as before; keeps the memory unless most of it was not needed.
 */
void history_state_clear(struct history_state *state);

/* Makes the usages, all of them unknown, where there are none yet. */
void history_state_need_usages(struct history_state *state);

/* The bytes that it takes, itself not counted. */
size_t history_state_size(const struct history_state *state);

/*
 * Takes one record, so that the state becomes the next one. Returns whether mappings and parts are
 * as before.
 */
bool history_state_apply(struct history_state *state, struct history_cursor *reader);

/*
 * The state as a snapshot, which the caller destroys; names are the bytes of its group's, mappings
 * a snapshot that has the mappings of a bare state, NULL for one that is not. Returns 0, or -EINVAL
 * when the state is none of a snapshot (see address_space_create()).
 */
int history_state_space(const struct history_state *state, const char *names,
			const struct address_space *mappings, struct address_space **ret_space);

#endif
