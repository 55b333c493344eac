/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_EXPORT_ROUND_H
#define APP_EXPORT_ROUND_H

/* One round of an export: what there is of each process, and what it was when it was first seen. */

#include <stddef.h>

#include "report/openmetrics.h"

struct address_space;
struct heap_usage;
struct usage_table;

/* What is known of a process at one time. */
struct export_sample {
	const struct address_space *space;
	const struct usage_table *usage;
	const struct heap_usage *heap; /* the inside of its heap; NULL: not known */
	const char *unit;              /* service or container; "": none */
};

/* Of all zeroes: no round yet. */
struct export_round {
	struct metrics_process *processes; /* comm and unit are owned */
	size_t count, capacity;
	struct metrics_round facts;
	/* Which process each is, and whether it was there in the last round. */
	uint64_t *starts;
};

/* Frees all. */
void export_round_finish(struct export_round *round);

/*
 * Adds a sample of a process. What the last round (NULL: there was none) knew of the same process
 * running the same program is what it grew since. Nothing of the sample is kept.
 */
void export_round_add(struct export_round *round, const struct export_round *last,
		      const struct export_sample *sample);

#endif
