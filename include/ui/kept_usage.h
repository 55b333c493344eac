/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_KEPT_USAGE_H
#define UI_KEPT_USAGE_H

/*
 * What of a moment was in memory, kept for as long as the picture is paused: the loop renews what
 * it knows of the newest snapshot, and history has no usage. All zeroes: nothing is kept.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/usage.h"

struct kept_usage {
	struct usage_table table;
	struct usage_node *nodes;    /* owned: those of the table */
	struct residency *residency; /* owned; NULL: not known */
	uint64_t moment;             /* of the history */
	bool known;
};

/* Keeps copies of what is known of the moment (each may be NULL) instead of what was kept. */
void kept_usage_take(struct kept_usage *kept, const struct usage_table *usage,
		     const struct residency *residency, uint64_t moment);
void kept_usage_finish(struct kept_usage *kept);

/* What is kept of that moment; NULL: nothing. */
const struct usage_table *kept_usage_table(const struct kept_usage *kept, uint64_t moment);
const struct residency *kept_usage_residency(const struct kept_usage *kept, uint64_t moment);

#endif
