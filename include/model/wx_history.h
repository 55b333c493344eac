/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_WX_HISTORY_H
#define MODEL_WX_HISTORY_H

/*
 * The mappings that are or ever were writable and executable at the same time. Once seen as such, a
 * range stays flagged until it is unmapped, whatever its permissions become; then it is listed
 * among the past ones. Snapshots do not distinguish a mapping from another one that took its place
 * between two of them: that one inherits the flag. Half-open ranges. All zeroes is valid, empty.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;

#define WX_HISTORY_RANGES_MAX 65536 /* flagged ones; beyond, neighbours are flagged as one */
#define WX_HISTORY_PAST_MAX   256   /* past ones that are listed; the oldest go first */

struct wx_history_range {
	uint64_t start, end;
	int64_t seen_ns; /* when it was first seen as such: CLOCK_REALTIME, nanoseconds */
	int64_t gone_ns; /* when it was first seen not to be there; 0 while it is */
	uint8_t kind;    /* enum kind, as it was last seen */
};

struct wx_history {
	struct wx_history_range *ranges; /* sorted and disjoint */
	size_t count, capacity;
	struct wx_history_range *past; /* oldest first */
	size_t past_count, past_capacity;
	uint64_t past_total; /* also those that are not listed any more */
	uint64_t mappings;   /* of the newest snapshot that are flagged */
	int64_t time_ns;     /* of the newest snapshot */
};

/* Frees what the set holds and empties it. */
void wx_history_finish(struct wx_history *wx_history);

/* Takes the newest snapshot in; one that is older than the last is left out. */
void wx_history_add(struct wx_history *wx_history, const struct address_space *space);

/* Another program runs in the process: all that was flagged is past. */
void wx_history_exec(struct wx_history *wx_history, int64_t time_ns);

/*
 * Whether a part of [start, end) was flagged at that time (CLOCK_REALTIME, nanoseconds): it was
 * writable and executable then, or before. Of what was gone before now, only what is listed is
 * known. O(log ranges) for now.
 */
bool wx_history_contains(const struct wx_history *wx_history, uint64_t start, uint64_t end,
			 int64_t time_ns);

/* How many there had been at that time: mappings that were flagged and ranges that were past. */
uint64_t wx_history_count(const struct wx_history *wx_history, int64_t time_ns);

#endif
