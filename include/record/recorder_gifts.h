/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDER_GIFTS_H
#define RECORD_RECORDER_GIFTS_H

/* What a recorder is given, in the order in which it was. A queue of all zeroes is empty. */

#include <stddef.h>
#include <stdint.h>

#include "model/kept_usage.h"

struct address_space;

enum gift_type { GIFT_SAMPLE, GIFT_USAGE, GIFT_BASELINE, GIFT_NOTE, GIFT_END };

/* What the recorder was given. */
struct recorder_gift {
	struct recorder_gift *next;
	enum gift_type type;
	struct address_space *space;
	struct kept_usage usage;
	int64_t time_ns;
	char *words;
	size_t bytes; /* that it takes */
};

struct recorder_gifts {
	struct recorder_gift *first, **end;
	size_t bytes;
};

/* One of the type, which takes no more than itself; recorder_gift_free() frees what it owns, too.
 */
struct recorder_gift *recorder_gift_make(enum gift_type type);
void recorder_gift_free(struct recorder_gift *gift);

void recorder_gifts_append(struct recorder_gifts *gifts, struct recorder_gift *gift);

/* The oldest one, which is the caller's then; NULL: there is none. */
struct recorder_gift *recorder_gifts_take(struct recorder_gifts *gifts);
void recorder_gifts_drop(struct recorder_gifts *gifts);

/*
 * Appends the gift and drops the oldest: while they take more than so many bytes, are of samples
 * that are older than so many nanoseconds, or belong to a sample that was dropped.
 */
void recorder_gifts_keep(struct recorder_gifts *gifts, struct recorder_gift *gift, int64_t span_ns,
			 uint64_t memory);

#endif
