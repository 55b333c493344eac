/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_ROWS_H
#define MODEL_DIFF_ROWS_H

/*
 * A comparison (model/diff.h) as rows to be shown side by side: all mappings of both sides in
 * ascending order of b's addresses. What only a has stands right above what it followed in a.
 *
 * Each difference is a row. A run of neighbours is one row where they are the same in both, or all
 * parts of one object that only one side has; one run at a time can be unfolded.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/diff_sum.h"

struct diff;

struct diff_row {
	/* The index of the first mapping, the lowest; DIFF_NONE (model/diff_pairs.h): the side has
	 * none. */
	size_t firsts[DIFF_SIDES];
	size_t count;         /* mappings of each side that has some: more than one is a run */
	unsigned differences; /* bits of enum diff_difference; 0: the same in both */
	struct diff_sum sum;
	bool member; /* of the run that is unfolded */
};

struct diff_rows {
	struct diff_row *rows;
	size_t count;
};

/* A mapping: of the run that it is in each member is a row. */
struct diff_place {
	enum diff_side side;
	uint64_t start; /* its address */
};

/* Makes the rows; diff_rows_finish() frees them. unfolded: NULL: all runs are folded. O(n). */
void diff_rows_init(struct diff_rows *rows, const struct diff *diff,
		    const struct diff_place *unfolded);
void diff_rows_finish(struct diff_rows *rows);

/*
 * The row that stands for the mapping at the place or, where there is none, for the next one below
 * it on that side; 0 below all. There is at least one row. O(rows).
 */
size_t diff_rows_find(const struct diff_rows *rows, const struct diff *diff,
		      const struct diff_place *place);

/* The lowest mapping of a row, on b where it has it, else on a. */
struct diff_place diff_row_place(const struct diff_row *row, const struct diff *diff);

#endif
