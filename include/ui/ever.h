/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_EVER_H
#define UI_EVER_H

/*
 * The mappings that are or ever were writable and executable at the same time. Once seen as such,
 * a range stays flagged until it is unmapped, whatever its permissions become; then it is listed
 * among the past ones. Snapshots cannot tell a mapping from another one that took its place
 * between two of them: that one inherits the flag. Half-open ranges. All zeroes is valid, empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;

#define EVER_RANGES_MAX 65536 /* flagged ones; beyond, neighbours are flagged as one */
#define EVER_PAST_MAX   256   /* past ones that are listed; the oldest go first */

struct ever_range {
	uint64_t start, end;
	int64_t seen_ns; /* when it was first seen as such: CLOCK_REALTIME, nanoseconds */
	int64_t gone_ns; /* when it was first seen not to be there; 0 while it is */
	uint8_t kind;    /* enum kind, as it was last seen */
};

struct ever {
	struct ever_range *ranges; /* sorted and disjoint */
	size_t count, capacity;
	struct ever_range *past; /* oldest first */
	size_t past_count, past_capacity;
	uint64_t past_total; /* also those that are not listed any more */
	uint64_t mappings;   /* of the newest snapshot that are flagged */
	int64_t time_ns;     /* of the newest snapshot */
};

/* Frees what the set holds and empties it. */
void ever_finish(struct ever *ever);

/* Takes the newest snapshot in; one that is older than the last is left out. */
void ever_add(struct ever *ever, const struct address_space *space);

/* Another program runs in the process: all that was flagged is past. */
void ever_exec(struct ever *ever, int64_t time_ns);

/* Whether a part of [start, end) is or was writable and executable. */
bool ever_contains(const struct ever *ever, uint64_t start, uint64_t end);

/* How many there were so far: mappings that are flagged and ranges that are past. */
uint64_t ever_count(const struct ever *ever);

#endif
