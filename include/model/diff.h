/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_H
#define MODEL_DIFF_H

/*
 * What is different in two address spaces, a and b, that need not be of one process: two runs, a
 * parent and its fork, before and after a deploy. A pure function of the two. Mappings are aligned
 * as model/diff_pairs.h says.
 *
 * model/change.h is for what happens in one process: it knows splits, merges and moves.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/diff_objects.h"
#include "model/diff_pairs.h"
#include "model/diff_sum.h"
#include "model/kind.h"

enum diff_difference {
	DIFF_APPEARED,  /* only b has it */
	DIFF_VANISHED,  /* only a has it */
	DIFF_GREW,      /* its size */
	DIFF_SHRANK,    /* its size */
	DIFF_PROTECTED, /* other permissions */
	DIFF_BECAME,    /* another kind */
	DIFF_RESIDENT,  /* another amount of it is in memory, which is known of both */
	DIFF_DIFFERENCES,
};

/* A mapping that is not the same in both. */
struct diff_item {
	size_t vmas[DIFF_SIDES]; /* its index; DIFF_NONE: the side has none */
	size_t object;           /* index */
	unsigned differences;    /* bit 1 << i for enum diff_difference i */
	struct diff_sum sum;
};

struct diff {
	struct diff_subject subjects[DIFF_SIDES];
	struct diff_objects objects;
	struct diff_pairs pairs;
	struct diff_item *items; /* the largest difference in size first, then in RSS */
	size_t item_count;
	uint64_t unchanged; /* mappings that are the same in both */
	struct diff_sum by_kind[KIND_COUNT], total;
};

/* The stable name: "appeared", "vanished", "grew", "shrank", "protected", "kind", "rss". */
const char *diff_difference_name(enum diff_difference difference);

/*
 * What two mappings that are one, or one that only one side has (the other DIFF_NONE), are: no
 * differences where they are the same.
 */
struct diff_item diff_item(const struct diff *diff, size_t a, size_t b);

/*
 * Compares; diff_finish() frees what it has. What the subjects point to must live until then. O(n
 * log n) in the mappings, but for what model/diff_align.h says.
 */
void diff_init(struct diff *diff, const struct diff_subject *a, const struct diff_subject *b);
void diff_finish(struct diff *diff);

#endif
