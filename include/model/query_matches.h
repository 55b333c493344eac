/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_QUERY_MATCHES_H
#define MODEL_QUERY_MATCHES_H

/*
 * Which VMAs of a space match a query: a set of indices. All zeroes is the empty set of no space.
 * A step to the next one and a rank take as long as there are VMAs / 64, at most.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUERY_MATCHES_WORD 64

struct query_matches {
	uint64_t *bits; /* bit i % 64 of bits[i / 64] for the VMA i; none for what is no VMA */
	size_t vma_count;
	size_t count; /* of those that match */
};

/* All of so many VMAs match; query_matches_finish() releases what it holds. */
void query_matches_init(struct query_matches *matches, size_t vma_count);
void query_matches_finish(struct query_matches *matches);

/* Takes the VMA out. */
void query_matches_remove(struct query_matches *matches, size_t vma);

/* Whether the VMA, which there is, matches: 1 or 0. It and the next one are asked of very many. */
static inline uint64_t query_matches_bit(const struct query_matches *matches, size_t vma)
{
	return matches->bits[vma / QUERY_MATCHES_WORD] >> vma % QUERY_MATCHES_WORD & 1;
}

/* The same; false for one that there is not. */
static inline bool query_matches_has(const struct query_matches *matches, size_t vma)
{
	return vma < matches->vma_count && query_matches_bit(matches, vma);
}

/* The first match at the VMA or above it; vma_count when there is none. */
size_t query_matches_above(const struct query_matches *matches, size_t vma);

/* The last match below the VMA; vma_count when there is none. */
size_t query_matches_below(const struct query_matches *matches, size_t vma);

/* How many match from the first VMA on, below the end: as long as there are VMAs / 64 in between.
 */
size_t query_matches_between(const struct query_matches *matches, size_t first, size_t end);

/* How many match below the VMA. */
size_t query_matches_rank(const struct query_matches *matches, size_t vma);

#endif
