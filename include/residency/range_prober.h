/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_RANGE_PROBER_H
#define RESIDENCY_RANGE_PROBER_H

/*
 * A thread that walks ranges (residency/range_walk.h) for a caller that must not wait. The newest
 * question is answered. Like scans it holds the target's lock for a small share of the time only,
 * so that a large range takes several questions: each goes on for a moment where the last one
 * stopped, and the answer says whether there is more to ask for. Once a range was walked wholly,
 * what was found stays the answer until it was walked again.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/page_pieces.h"
#include "residency/range_walk.h"

struct procfs_options;
struct range_prober;

struct range_question {
	struct range_place place;
	int64_t time_ns; /* of the snapshot that it is asked for */
};

struct range_answer {
	struct range_place place;
	int64_t time_ns;
	int error; /* 0, or why nothing is known: as range_walk_begin(), range_walk_step() */
	bool more; /* the walk goes on when the same is asked again */
	struct page_pieces pieces;
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int range_prober_create(const struct procfs_options *options, struct range_prober **ret_prober);

/* Ends it; NULL is allowed. */
void range_prober_destroy(struct range_prober *prober);

void range_prober_ask(struct range_prober *prober, const struct range_question *question);

/* Readable when range_prober_take() has something new. */
int range_prober_descriptor(const struct range_prober *prober);
bool range_prober_take(struct range_prober *prober, struct range_answer *ret_answer);

/* Walks the range in this thread, however long that takes. Returns 0 and fills *ret_pieces, or
 * -errno. */
int range_prober_walk(const struct procfs_options *options, const struct range_place *place,
		      struct page_pieces *ret_pieces);

#endif
