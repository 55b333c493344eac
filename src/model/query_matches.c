/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/query_matches.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define WORD_BITS QUERY_MATCHES_WORD

void query_matches_init(struct query_matches *matches, size_t vma_count)
{
	size_t words = vma_count / WORD_BITS + 1;

	*matches = (struct query_matches){
		.bits = memory_resize(NULL, words * sizeof(*matches->bits)),
		.vma_count = vma_count,
		.count = vma_count,
	};
	memset(matches->bits, 0xff, words * sizeof(*matches->bits));
	matches->bits[words - 1] = (UINT64_C(1) << vma_count % WORD_BITS) - 1;
}

void query_matches_finish(struct query_matches *matches)
{
	free(matches->bits);
	*matches = (struct query_matches){0};
}

void query_matches_remove(struct query_matches *matches, size_t vma)
{
	if (!query_matches_has(matches, vma))
		return;
	matches->bits[vma / WORD_BITS] &= ~(UINT64_C(1) << vma % WORD_BITS);
	matches->count--;
}

size_t query_matches_above(const struct query_matches *matches, size_t vma)
{
	size_t word = vma / WORD_BITS;
	uint64_t bits;

	if (vma >= matches->vma_count)
		return matches->vma_count;
	bits = matches->bits[word] & (UINT64_MAX << vma % WORD_BITS);
	while (!bits && ++word <= matches->vma_count / WORD_BITS)
		bits = matches->bits[word];
	return bits ? word * WORD_BITS + (size_t)__builtin_ctzll(bits) : matches->vma_count;
}

size_t query_matches_below(const struct query_matches *matches, size_t vma)
{
	size_t word;
	uint64_t bits;

	if (vma > matches->vma_count)
		vma = matches->vma_count;
	if (vma == 0)
		return matches->vma_count;
	word = (vma - 1) / WORD_BITS;
	bits = matches->bits[word] & (UINT64_MAX >> (WORD_BITS - 1 - (vma - 1) % WORD_BITS));
	while (!bits && word > 0)
		bits = matches->bits[--word];
	return bits ? word * WORD_BITS + (size_t)(WORD_BITS - 1 - __builtin_clzll(bits))
		    : matches->vma_count;
}

/* The bits of a word below that of the VMA. */
static uint64_t bits_below(size_t vma)
{
	return (UINT64_C(1) << vma % WORD_BITS) - 1;
}

size_t query_matches_between(const struct query_matches *matches, size_t first, size_t end)
{
	size_t word = first / WORD_BITS, count = 0;
	uint64_t bits;

	if (end > matches->vma_count)
		end = matches->vma_count;
	if (first >= end)
		return 0;
	bits = matches->bits[word] & ~bits_below(first);
	while (word < end / WORD_BITS) {
		count += (size_t)__builtin_popcountll(bits);
		bits = matches->bits[++word];
	}
	return count + (size_t)__builtin_popcountll(bits & bits_below(end));
}

size_t query_matches_rank(const struct query_matches *matches, size_t vma)
{
	if (vma >= matches->vma_count)
		return matches->count;
	return query_matches_between(matches, 0, vma);
}
