/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_JOURNAL_H
#define MODEL_JOURNAL_H

/* The newest changes of a process, in the order in which they were seen; bounded in number. */

#include <stddef.h>
#include <stdint.h>

#include "model/change.h"

struct journal {
	struct change *entries; /* a ring; names are the journal's own */
	size_t first, count, capacity;
	uint64_t total; /* ever added, those that have gone included */
};

/* A journal that keeps the newest capacity (at least 1) changes; journal_finish() frees it. */
void journal_init(struct journal *journal, size_t capacity);
void journal_finish(struct journal *journal);

/* Adds a copy of the change. */
void journal_add(struct journal *journal, const struct change *change);

/* The change at index (0 is the oldest kept, below journal->count); valid until the next add. */
const struct change *journal_get(const struct journal *journal, size_t index);

/* How many of the changes kept were seen not later than the time. */
size_t journal_count_until(const struct journal *journal, int64_t time_ns);

#endif
