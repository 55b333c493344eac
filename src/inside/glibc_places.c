/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_places.h"

#include <stdlib.h>

#include "base/memory.h"
#include "inside/memory_window.h"

/* heap_info's words. */
enum { HEAD_ARENA, HEAD_PREVIOUS, HEAD_SIZE, HEAD_WORDS = 4 };

/* A heap's largest size: 1 MB to 64 MB, with huge pages four times such a page. */
#define UNIT_MIN (UINT64_C(1) << 16)
#define UNIT_MAX (UINT64_C(1) << 36)

/* Of the word with a chunk's size. */
#define SIZE_FLAGS UINT64_C(7)

#define PLACES_MAX 65536

void glibc_places_finish(struct glibc_places *places)
{
	free(places->places);
	*places = (struct glibc_places){0};
}

static void add(struct glibc_places *places, const struct glibc_place *place)
{
	places->places = memory_array_grow(places->places, places->count, &places->capacity,
					   sizeof(*places->places));
	places->places[places->count++] = *place;
}

/* Reads the head of a heap of the arena, if one is there. */
static bool read_head(struct memory_window *window, const struct heap_ranges *writable,
		      const struct glibc_arena *arena, uint64_t start,
		      uint64_t ret_head[static HEAD_WORDS])
{
	for (unsigned i = 0; i < HEAD_WORDS; i++)
		if (!memory_window_word(window, start + (uint64_t)i * window->word, &ret_head[i]))
			return false;
	return ret_head[HEAD_ARENA] == arena->address &&
	       heap_ranges_find(writable, start, ret_head[HEAD_SIZE]) &&
	       ret_head[HEAD_SIZE] > (uint64_t)HEAD_WORDS * window->word;
}

/* The heap in which top is, the newest; 0: it was not found. */
static uint64_t find_newest(struct memory_window *window, const struct heap_ranges *writable,
			    const struct glibc_arena *arena)
{
	uint64_t head[HEAD_WORDS];

	for (uint64_t unit = UNIT_MIN; unit <= UNIT_MAX; unit *= 2) {
		uint64_t start = arena->top & ~(unit - 1);

		if (read_head(window, writable, arena, start, head) &&
		    arena->top - start < head[HEAD_SIZE])
			return start;
	}
	return 0;
}

static bool overlaps(const struct glibc_places *places, uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < places->count; i++)
		if (start < places->places[i].range.end && places->places[i].range.start < end)
			return true;
	return false;
}

static void find_heaps(struct glibc_places *places, struct memory_window *window,
		       const struct heap_ranges *writable, const struct glibc_arena *arena)
{
	uint64_t start = arena->top ? find_newest(window, writable, arena) : 0;
	uint64_t head[HEAD_WORDS], end;

	while (start && places->count < PLACES_MAX &&
	       read_head(window, writable, arena, start, head)) {
		bool first = arena->address > start && arena->address - start < head[HEAD_SIZE];

		end = start + head[HEAD_SIZE];
		/* A chain that comes back to itself ends there. */
		if (overlaps(places, start, end))
			return;
		add(places, &(struct glibc_place){
				    .range = {start, end},
				    .first = first ? arena->end
						   : start + (uint64_t)HEAD_WORDS * window->word,
			    });
		start = head[HEAD_PREVIOUS];
	}
}

/* The brk heap up to the end of top: the break may have been moved since the mappings were listed.
 */
static struct heap_range find_brk(struct memory_window *window, const struct heap_memory *memory,
				  const struct glibc_arena *arena)
{
	struct heap_range range = memory->heap;
	uint64_t size;

	if (arena->top < range.start || arena->top >= memory->heap_limit ||
	    !memory_window_word(window, arena->top + window->word, &size))
		return range;
	size &= ~SIZE_FLAGS;
	if (size <= memory->heap_limit - arena->top && arena->top + size > range.end)
		range.end = arena->top + size;
	return range;
}

void glibc_places_find(struct glibc_places *ret_places, struct memory_window *window,
		       const struct heap_memory *memory, const struct glibc_arena *arena)
{
	*ret_places = (struct glibc_places){0};
	if (!arena->is_main)
		find_heaps(ret_places, window, &memory->writable, arena);
	else if (memory->heap.start < memory->heap.end)
		add(ret_places, &(struct glibc_place){.range = find_brk(window, memory, arena),
						      .first = memory->heap.start,
						      .shared = true});
}
