/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_KEPT_USAGE_H
#define MODEL_KEPT_USAGE_H

/*
 * What of a moment was in memory, owned: as it was known when the picture was paused, or as the
 * history has it. All zeroes: nothing is known.
 */

#include <stdbool.h>

#include "model/usage.h"

struct kept_usage {
	struct usage_table table;
	struct usage_node *nodes;    /* owned: those of the table */
	struct residency *residency; /* owned; NULL: not known */
	bool known;                  /* else there is no table */
};

/* Keeps copies of what is known (each may be NULL) instead of what was kept. */
void kept_usage_take(struct kept_usage *kept, const struct usage_table *usage,
		     const struct residency *residency);
void kept_usage_finish(struct kept_usage *kept);

/* The table that is kept; NULL: nothing is known. */
const struct usage_table *kept_usage_table(const struct kept_usage *kept);

#endif
