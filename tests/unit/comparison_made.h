/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_COMPARISON_MADE_H
#define TESTS_UNIT_COMPARISON_MADE_H

/* A comparison to be shown, with something of each sort in it. */

#include "diff_made.h"
#include "model/comparison.h"

/* Of what diff_made() has. */
static inline struct comparison *comparison_made(void)
{
	struct comparison_side sides[DIFF_SIDES];
	struct comparison *comparison;
	struct diff_made made;

	diff_made(&made);
	for (int side = 0; side < DIFF_SIDES; side++)
		sides[side] =
			comparison_side_of(made.sides.spaces[side], &made.tables[side],
					   side == DIFF_A ? "baseline, 10:36:02" : "now, 10:41:07");
	comparison = comparison_create(sides);
	assert_null(sides[DIFF_A].space);
	diff_made_finish(&made);
	return comparison;
}

#endif
