/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_COMPARISON_H
#define MODEL_COMPARISON_H

/*
 * Two address spaces and what is different in them (model/diff.h), all of it owned, so that it can
 * be made by one thread and shown by another. It does not change.
 */

#include "model/diff.h"
#include "model/kept_usage.h"

struct address_space;

/* One of the two, owned. */
struct comparison_side {
	struct address_space *space;
	struct kept_usage usage; /* of it */
	char *heading;           /* what it is, in a line, printable */
};

struct comparison {
	struct comparison_side sides[DIFF_SIDES];
	struct diff diff;
};

/* A side with the same list, copies of usage (NULL: not known) and heading. */
struct comparison_side comparison_side_of(const struct address_space *space,
					  const struct usage_table *usage, const char *heading);
void comparison_side_finish(struct comparison_side *side);

/* Compares the two, which it owns from then on: theirs are all zeroes afterwards. */
struct comparison *comparison_create(struct comparison_side sides[static DIFF_SIDES]);

/* Frees it; NULL is allowed. */
void comparison_destroy(struct comparison *comparison);

#endif
