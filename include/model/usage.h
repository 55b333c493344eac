/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_H
#define MODEL_USAGE_H

/*
 * What the mappings of a snapshot cost in memory: one usage for each VMA, and sums. Bytes;
 * TARGET_UNKNOWN (model/target.h) where the kernel or permissions withhold a value, never 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"
#include "model/residency.h"
#include "model/usage_flag.h"
#include "model/usage_list.h"

struct address_space;
struct usage_ranges;

/*
 * The sum over several mappings of what was last known, of what is in memory say. One of which
 * nothing is known, a new one, adds nothing to it, as long as more of all is known than is not. All
 * zeroes: of none.
 */
struct usage_last {
	uint64_t bytes;       /* of those that are known; TARGET_UNKNOWN: beyond 64 bits */
	uint64_t known, size; /* of those that are known, and of all */
};

/* How much of the mapping that begins there lies in the memory of a node (numa(7)). */
struct usage_node {
	uint64_t start;
	uint32_t node;
	uint64_t bytes;
};

struct usage_table {
	struct usage_list vmas;           /* one for each VMA of the space it was made for */
	struct usage total;               /* of all; see usage_table_init() */
	struct usage by_kind[KIND_COUNT]; /* sums; one with an unknown part is unknown, and so are
					   * flags and page_size */
	enum residency_source source;     /* where rss and swap came from */
	int64_t smaps_ns;                 /* when smaps was read: CLOCK_REALTIME; 0: never */
	/* Read with smaps, by start and node; the caller's. NULL: not known, or of one node only.
	 */
	const struct usage_node *nodes;
	size_t node_count;
};

/*
 * The usage of the space's VMAs from a residency (NULL: unknown) and, where it is not NULL, from
 * what smaps said (model/usage_ranges.h): each of its ranges is taken for the VMA of exactly that.
 * residency, where it has runs and covers the whole VMA, wins for rss and swap, but for the swap of
 * shared mappings: page tables do not say what of shared memory is swapped, smaps does. hugetlb
 * mappings (by the file system of their file, or usage_is_hugetlb()) have
 * rss 0, as in smaps, and what is resident of them is their hugetlb: both or none is known. A sum
 * that 64 bits do not hold is unknown.
 *
 * A mapping that is newer than both is unknown, and with it the sum of its kind, until the next
 * scan; last goes on where a part of the mapping was scanned. The total stays: where a part of
 * its rss or swap is unknown, it is what the kernel counts for the process as a whole
 * (space->target), and what only smaps reports is the sum of all that it reported when it was read.
 * usage_table_finish() frees the table.
 */
void usage_table_init(struct usage_table *table, const struct address_space *space,
		      const struct residency *residency, const struct usage_ranges *smaps,
		      int64_t smaps_ns);
void usage_table_finish(struct usage_table *table);

/*
 * The same of what smaps said that is needed no longer and given away: mostly its ranges are
 * those of the space, and the table takes over its memory.
 */
void usage_table_adopt(struct usage_table *table, const struct address_space *space,
		       const struct residency *residency, struct usage_ranges *smaps,
		       int64_t smaps_ns);

/*
 * A table of what was known before: the usages of the space's VMAs, owned from then on, and their
 * total. It adds up the kinds; source and smaps_ns are for the caller to set.
 */
void usage_table_restore(struct usage_table *table, const struct address_space *space,
			 struct usage_list vmas, const struct usage *total);

/* The same once more, for usage_table_finish() to free; its nodes are those of the table. */
void usage_table_copy(struct usage_table *copy, const struct usage_table *table);

/* The usage of the VMA at the index; unknown without a table (NULL), or where it has none. */
struct usage usage_table_at(const struct usage_table *table, size_t index);

/* The same of one field: USAGE_FIELD(rss). */
static inline uint64_t usage_table_field(const struct usage_table *table, size_t field,
					 size_t index)
{
	if (!table || index >= table->vmas.count)
		return UINT64_MAX;
	return usage_column_get(&table->vmas.columns[field], field, index);
}

/* The nodes of the mapping that begins there; NULL and *ret_count 0 when that is not known. */
const struct usage_node *usage_table_nodes(const struct usage_table *table, uint64_t start,
					   size_t *ret_count);

/*
 * Adds an amount to a sum; each may be TARGET_UNKNOWN, which the sum is then, as where 64 bits do
 * not hold it.
 */
static inline void usage_add(uint64_t *sum, uint64_t amount)
{
	*sum = amount > UINT64_MAX - *sum ? UINT64_MAX : *sum + amount;
}

/*
 * Whether the pages of a residency tell what is swapped out of a mapping of that kind: not those of
 * shared memory, where some of it may be.
 */
static inline bool usage_swap_is_told(const struct residency *residency, enum kind kind)
{
	return !(residency->swap_hides && kind == KIND_SHARED);
}

/* What is in memory: rss, and what of hugetlb is known; TARGET_UNKNOWN where rss is not known. */
uint64_t usage_in_memory(const struct usage *usage);

/* The same, or where rss is not known what was last known; TARGET_UNKNOWN where nothing was. */
uint64_t usage_last_in_memory(const struct usage *usage);

/* Adds what was last known of a mapping of size bytes; TARGET_UNKNOWN: nothing. */
void usage_last_add(struct usage_last *sum, uint64_t bytes, uint64_t size);

/* What is known of them; TARGET_UNKNOWN: less than half. */
uint64_t usage_last_known(const struct usage_last *sum);

#endif
