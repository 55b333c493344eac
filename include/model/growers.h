/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_GROWERS_H
#define MODEL_GROWERS_H

/*
 * What grew most since the baseline: the mappings (by identity, see model/identity.h: a mapping
 * that grew, moved or changed its protection is the same one) and the kinds, in order. Growth is
 * net: what a mapping lost since the baseline counts against what it gained, and what a border gave
 * back to a reservation is no growth of that. When another program runs than at the baseline, all
 * is new. New mappings that are alike (model/alike.h), and whatever
 * grew of a runtime's heap, are one entry, a group, wherever they lie. A guard that is new with
 * what it guards is part of that. Pure. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alike.h"
#include "model/kind.h"

struct identity;

/* What of a mapping or of an arena of malloc an entry is about. */
enum growers_part {
	GROWERS_WHOLE,
	GROWERS_USED, /* inside of it in use, */
	GROWERS_FREE, /* and free inside or at its end (model/growers_heap.h) */
};

struct growers_entry {
	uint64_t start, end; /* of the mapping now, of a group the largest grower's; 0, 0: a kind */
	uint64_t size;       /* now */
	int64_t delta;       /* since the baseline */
	uint8_t kind;        /* enum kind */
	uint32_t vma;        /* index in the space now; UINT32_MAX for a kind */
	uint32_t count;      /* mappings that a group stands for, at least 2; else 0 */
	/* Of a group: */
	uint32_t member,
		member_count; /* in the members; fewer than count where there were too many */
	struct alike alike;
	uint64_t each; /* size of each mapping, where all have the same; else 0 */
	/* Of a part of malloc's arenas: */
	uint8_t part;   /* enum growers_part */
	bool unknown;   /* size and delta are not known */
	uint64_t arena; /* address; 0: all together */
};

struct growers {
	struct growers_entry
		*kinds; /* those that changed, greatest growth first, shrunk ones last */
	size_t kind_count;
	struct growers_entry *mappings; /* those that grew or are new, and groups of them, greatest
					 * growth first */
	size_t mapping_count;
	struct growers_entry *members; /* of the groups, one after the other, each in that order */
	size_t member_count;
	struct growers_entry *heap; /* parts of malloc's arenas, where they were walked */
	size_t heap_count;
};

/*
 * At most most entries each, and members of each group; ties in order of address. growers_finish()
 * frees them; the identity is of the baseline and now, and is not kept. O(m log m) in the mappings
 * that are not as they were.
 */
void growers_init(struct growers *growers, const struct identity *identity, size_t most);
void growers_finish(struct growers *growers);

#endif
