/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_arena.h"

#include <errno.h>
#include <stdlib.h>

#include "base/memory.h"
#include "inside/heap_memory.h"
#include "inside/memory_window.h"

/* Of 127 bins few are in use at a time, mostly; this many are empty in any process. */
#define EMPTY_MIN 20

/* Words between the beginning of an arena and its bins: less than this in all versions, by far. */
#define HEAD_WORDS_MAX 64

/* The words behind the bins, after the bitmap of four times 32 bits. */
enum { BEHIND_NEXT, BEHIND_NEXT_FREE, BEHIND_THREADS, BEHIND_SYSTEM, BEHIND_MAX_SYSTEM, BEHIND };

#define BINMAP_BYTES 16

/* Pairs and arenas looked at in all: a hostile process could make it go on for hours. */
#define STEPS_MAX (UINT64_C(1) << 24)

/* What is searched through, and where pointers may lead. */
struct finding {
	struct memory_window *window;
	const struct heap_ranges *writable;
	unsigned word;
	uint64_t steps; /* that are left */
};

/* A pointer to a chunk: in writable memory, and aligned as words are at least. */
static bool leads_somewhere(const struct finding *finding, uint64_t pointer)
{
	return pointer % finding->word == 0 &&
	       heap_ranges_find(finding->writable, pointer, 2 * finding->word);
}

/* Whether a pair of links is there; *ret_empty: of an empty bin. */
static bool is_pair(struct finding *finding, uint64_t address, bool *ret_empty)
{
	uint64_t forward, back, self = address - 2 * finding->word;

	if (!memory_window_word(finding->window, address, &forward) ||
	    !memory_window_word(finding->window, address + finding->word, &back))
		return false;
	*ret_empty = forward == self && back == self;
	return *ret_empty || (leads_somewhere(finding, forward) && leads_somewhere(finding, back));
}

static uint64_t behind(const struct finding *finding, uint64_t bins, int which)
{
	return bins + (uint64_t)GLIBC_BINS * 2 * finding->word + BINMAP_BYTES +
	       (uint64_t)which * finding->word;
}

static bool read_behind(struct finding *finding, uint64_t bins, int which, uint64_t *ret)
{
	return memory_window_word(finding->window, behind(finding, bins, which), ret);
}

static bool has_bins(struct finding *finding, uint64_t bins)
{
	size_t empty_bins = 0;

	for (unsigned i = 0; i < GLIBC_BINS; i++) {
		bool empty = false;

		if (!is_pair(finding, bins + (uint64_t)i * 2 * finding->word, &empty))
			return false;
		empty_bins += empty;
	}
	return empty_bins >= EMPTY_MIN;
}

/* Follows the ring from the main arena on; returns the number of arenas, 0 when it does not close.
 */
static size_t count_ring(struct finding *finding, uint64_t main_bins, uint64_t distance)
{
	uint64_t bins = main_bins, next;

	for (size_t count = 1; count <= GLIBC_ARENAS_MAX && finding->steps; count++) {
		finding->steps--;
		if (!read_behind(finding, bins, BEHIND_NEXT, &next) ||
		    !leads_somewhere(finding, next))
			return 0;
		if (next == main_bins - distance)
			return count;
		bins = next + distance;
	}
	return 0;
}

/* The distance from an arena's beginning to its bins with which the ring closes; 0: none does. */
static uint64_t find_distance(struct finding *finding, uint64_t main_bins, size_t *ret_count)
{
	for (uint64_t words = 3; words < HEAD_WORDS_MAX; words++) {
		size_t count = count_ring(finding, main_bins, words * finding->word);

		if (count) {
			*ret_count = count;
			return words * finding->word;
		}
	}
	return 0;
}

static bool read_arena(struct finding *finding, uint64_t address, uint64_t distance,
		       struct glibc_arena *ret_arena)
{
	struct glibc_arena arena = {
		.address = address,
		.bins = address + distance,
		.end = behind(finding, address + distance, BEHIND),
		/* A lock, flags, perhaps whether there are fast chunks; top and remainder. */
		.has_fast_bins = distance >= (uint64_t)(GLIBC_FAST_BINS + 3) * finding->word,
	};

	if (!has_bins(finding, arena.bins) ||
	    !memory_window_word(finding->window, arena.bins - 2 * finding->word, &arena.top) ||
	    !read_behind(finding, arena.bins, BEHIND_SYSTEM, &arena.system))
		return false;
	/* Before the first chunk top is the bin of what is not sorted yet: in the arena. */
	if (arena.top >= address && arena.top < arena.end)
		arena.top = 0;
	else if (!leads_somewhere(finding, arena.top))
		return false;
	*ret_arena = arena;
	return true;
}

/* Takes the arenas of a ring; those that are not one, torn or made up, are left out. */
static int take_ring(struct finding *finding, uint64_t main_bins, struct glibc_arena **ret_arenas,
		     size_t *ret_count)
{
	size_t ring = 0, count = 0;
	uint64_t distance = find_distance(finding, main_bins, &ring), address, next;
	struct glibc_arena *arenas;

	if (!distance)
		return -ENOENT;
	arenas = memory_alloc(ring * sizeof(*arenas));
	address = main_bins - distance;
	for (size_t i = 0; i < ring; i++) {
		if (read_arena(finding, address, distance, &arenas[count]))
			arenas[count++].is_main = i == 0;
		else if (i == 0)
			break;
		if (!read_behind(finding, address + distance, BEHIND_NEXT, &next))
			break;
		address = next;
	}
	if (!count) {
		free(arenas);
		return -ENOENT;
	}
	*ret_arenas = arenas;
	*ret_count = count;
	return 0;
}

/*
 * A run of pairs ends where the bins do, as a bitmap is not a pointer. It may begin before them, as
 * top and the last remainder are a pair of pointers, too. Pairs lie at two places for each, so
 * both are gone through; linear, whatever the bytes are.
 */
static int search_range(struct finding *finding, const struct heap_range *range, uint64_t first,
			struct glibc_arena **ret_arenas, size_t *ret_count)
{
	const uint64_t pair = 2 * finding->word;
	uint64_t run = 0, address;
	bool empty;

	for (address = range->start + first; address + pair <= range->end && finding->steps;
	     address += pair) {
		finding->steps--;
		if (is_pair(finding, address, &empty)) {
			run++;
			continue;
		}
		if (run >= GLIBC_BINS &&
		    take_ring(finding, address - GLIBC_BINS * pair, ret_arenas, ret_count) == 0)
			return 0;
		run = 0;
	}
	return -ENOENT;
}

int glibc_arenas_find(struct memory_window *window, const struct heap_ranges *data,
		      const struct heap_ranges *writable, struct glibc_arena **ret_arenas,
		      size_t *ret_count)
{
	struct finding finding = {window, writable, window->word, STEPS_MAX};

	for (size_t i = 0; i < data->count; i++)
		for (unsigned first = 0; first < 2; first++)
			if (search_range(&finding, &data->ranges[i], first * window->word,
					 ret_arenas, ret_count) == 0)
				return 0;
	return -ENOENT;
}
