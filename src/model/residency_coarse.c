/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/residency_coarse.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"
#include "model/address_space.h"
#include "model/residency.h"

/*
 * How fine: all runs of a mapping that has no more than so many; else so many pieces, a few for
 * each row of a picture that the mapping fills.
 */
static const struct grain {
	size_t runs, pieces;
} grains[] = {{512, 256}, {64, 32}, {16, 8}, {4, 1}};

#define GRAINS (sizeof(grains) / sizeof(grains[0]))

/* Pieces begin at pages, which are no smaller anywhere; so they take few bytes to write. */
#define LEAST_PAGE UINT64_C(4096)

struct coarse {
	const struct residency *from;
	const struct grain *grain;
	size_t most;
	struct residency_run *runs;
	size_t run_count, run_capacity;
	struct residency_range *blurred;
	size_t blurred_count, blurred_capacity;
};

static void add_run(struct coarse *coarse, uint64_t start, uint64_t bytes, uint8_t flags)
{
	if (!bytes)
		return;
	coarse->runs = memory_array_grow(coarse->runs, coarse->run_count, &coarse->run_capacity,
					 sizeof(*coarse->runs));
	coarse->runs[coarse->run_count++] = (struct residency_run){start, start + bytes, flags};
}

static void add_blurred(struct coarse *coarse, uint64_t start, uint64_t end)
{
	coarse->blurred = memory_array_grow(coarse->blurred, coarse->blurred_count,
					    &coarse->blurred_capacity, sizeof(*coarse->blurred));
	coarse->blurred[coarse->blurred_count++] = (struct residency_range){start, end};
}

/* The sums of a piece, one behind the other from its start on. */
static void add_piece(struct coarse *coarse, uint64_t start, uint64_t end)
{
	const struct residency_sum sum = residency_between(coarse->from, start, end);
	uint64_t plain = sum.resident - sum.huge, size = end - start;

	if (plain != size && sum.huge != size && sum.swapped != size &&
	    (sum.resident || sum.swapped))
		add_blurred(coarse, start, end);
	add_run(coarse, start, plain, RUN_RESIDENT);
	add_run(coarse, start + plain, sum.huge, RUN_RESIDENT | RUN_HUGE);
	add_run(coarse, start + sum.resident, sum.swapped, RUN_SWAPPED);
}

/* Where the piece with the number begins, or the last one ends. */
static uint64_t piece_start(const struct coarse *coarse, const struct vma *vma, size_t number)
{
	size_t pieces = coarse->grain->pieces;

	if (number == pieces)
		return vma->end;
	return vma->start + (vma_size(vma) / pieces * number & ~(LEAST_PAGE - 1));
}

/* *next is a run that is not below the mapping, and goes on. */
static void add_mapping(struct coarse *coarse, const struct vma *vma, size_t *next)
{
	const struct residency_run *runs = coarse->from->runs;
	size_t count = coarse->from->count, first, last;

	while (*next < count && runs[*next].end <= vma->start)
		++*next;
	for (first = last = *next; last < count && runs[last].start < vma->end;)
		last++;
	/* A run may reach into the next mapping. */
	*next = last > first ? last - 1 : last;
	if (last - first > coarse->grain->runs) {
		for (size_t i = 0; i < coarse->grain->pieces; i++) {
			uint64_t start = piece_start(coarse, vma, i);

			if (start < piece_start(coarse, vma, i + 1))
				add_piece(coarse, start, piece_start(coarse, vma, i + 1));
		}
		return;
	}
	for (; first < last; first++) {
		uint64_t start = runs[first].start, end = runs[first].end;

		start = start > vma->start ? start : vma->start;
		end = end < vma->end ? end : vma->end;
		add_run(coarse, start, end - start, runs[first].flags);
	}
}

static bool add_mappings(struct coarse *coarse, const struct address_space *space)
{
	size_t next = 0;

	coarse->run_count = coarse->blurred_count = 0;
	for (size_t i = 0; i < space->vma_count && coarse->run_count <= coarse->most; i++)
		add_mapping(coarse, &space->vmas[i], &next);
	return coarse->run_count <= coarse->most && coarse->blurred_count <= coarse->most;
}

/* What is covered of the mappings, with the gaps between them. */
static void cover(struct residency *to, const struct residency *from,
		  const struct address_space *space)
{
	size_t count = 0, capacity = 0, at = 0;
	struct residency_range *ranges = NULL;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		while (at < from->covered_count && from->covered[at].end <= vma->start)
			at++;
		for (size_t k = at; k < from->covered_count && from->covered[k].start < vma->end;
		     k++) {
			uint64_t start = from->covered[k].start, end = from->covered[k].end;

			end = end < vma->end ? end : vma->end;
			if (start <= vma->start && count && i &&
			    ranges[count - 1].end == space->vmas[i - 1].end) {
				ranges[count - 1].end = end;
				continue;
			}
			ranges = memory_array_grow(ranges, count, &capacity, sizeof(*ranges));
			ranges[count++] = (struct residency_range){
				start > vma->start ? start : vma->start, end};
		}
	}
	residency_cover(to, ranges, count);
}

struct residency *residency_coarse(const struct residency *residency,
				   const struct address_space *space, size_t most)
{
	struct coarse coarse = {.from = residency, .most = most};
	struct residency *result;
	bool fits = false;

	for (size_t i = 0; residency && i < GRAINS && !fits; i++) {
		coarse.grain = &grains[i];
		fits = add_mappings(&coarse, space);
	}
	if (!fits) {
		free(coarse.runs);
		free(coarse.blurred);
		return NULL;
	}
	result = residency_create(coarse.runs, coarse.run_count, residency->source,
				  residency->time_ns, residency->held_ns);
	cover(result, residency, space);
	result->blurred = coarse.blurred;
	result->blurred_count = coarse.blurred_count;
	result->partial = residency->partial;
	result->swap_hides = residency->swap_hides;
	if (result->covered_count > most) {
		residency_destroy(result);
		return NULL;
	}
	return result;
}
