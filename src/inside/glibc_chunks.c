/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/glibc_chunks.h"

#include "inside/memory_window.h"

#define PREVIOUS_IN_USE UINT64_C(1)
#define IS_MMAPPED      UINT64_C(2)
#define FLAGS           UINT64_C(7)

uint64_t glibc_chunk_align(unsigned word)
{
	/* MALLOC_ALIGNMENT: 16 on i386, too, since 2.26; 8 before, and on other 32-bit machines. */
	return word == sizeof(uint64_t) ? 16 : 8;
}

uint64_t glibc_chunk_min(unsigned word)
{
	return 4 * (uint64_t)word;
}

/* The size word of the chunk at the address. */
static bool read_head(const struct glibc_walk *walk, uint64_t address, uint64_t *ret_head)
{
	return memory_window_word(walk->window, address + walk->window->word, ret_head);
}

/*
 * A fence is one header or two at the end of a piece, too small to be chunks (sysmalloc()): of two
 * words, then of none or two words more. *ret_end: behind it.
 */
static bool is_fence(const struct glibc_walk *walk, uint64_t address, uint64_t head,
		     uint64_t *ret_end)
{
	uint64_t header = 2 * (uint64_t)walk->window->word, next;

	*ret_end = address + header;
	if (head == PREVIOUS_IN_USE)
		return true;
	if ((head & ~FLAGS) != header || walk->limit - address < 2 * header ||
	    !read_head(walk, *ret_end, &next) || !(next & PREVIOUS_IN_USE) ||
	    ((next & ~FLAGS) != 0 && (next & ~FLAGS) != header))
		return false;
	*ret_end += header;
	return true;
}

/* Sizes of an arena's chunks; *ret_end: where the next one begins. */
static bool is_head(const struct glibc_walk *walk, uint64_t address, uint64_t head,
		    uint64_t *ret_end)
{
	unsigned word = walk->window->word;
	uint64_t size = head & ~FLAGS;

	if ((head & IS_MMAPPED) || size < glibc_chunk_min(word) || size % glibc_chunk_align(word) ||
	    size > walk->limit - address)
		return false;
	*ret_end = address + size;
	return true;
}

/* A free chunk has its size at its end, too. */
static bool has_foot(const struct glibc_walk *walk, uint64_t address, uint64_t end)
{
	uint64_t foot;

	return memory_window_word(walk->window, end, &foot) && foot == end - address;
}

enum glibc_step glibc_walk_next(struct glibc_walk *walk, struct glibc_chunk *ret_chunk)
{
	uint64_t head, end, next;
	bool in_use;

	if (walk->at >= walk->limit)
		return GLIBC_STEP_END;
	if (walk->limit - walk->at < 2 * (uint64_t)walk->window->word ||
	    !read_head(walk, walk->at, &head))
		return GLIBC_STEP_LOST;
	if (is_fence(walk, walk->at, head, &end)) {
		*ret_chunk = (struct glibc_chunk){walk->at, end, GLIBC_CHUNK_FENCE};
		walk->at = walk->limit;
		return GLIBC_STEP_CHUNK;
	}
	if (!is_head(walk, walk->at, head, &end))
		return GLIBC_STEP_LOST;
	if (walk->at == walk->top) {
		*ret_chunk = (struct glibc_chunk){walk->at, end, GLIBC_CHUNK_TOP};
		walk->at = walk->limit;
		return GLIBC_STEP_CHUNK;
	}
	/* Only top ends with the memory. */
	if (walk->limit - end < 2 * (uint64_t)walk->window->word || !read_head(walk, end, &next))
		return GLIBC_STEP_LOST;
	in_use = next & PREVIOUS_IN_USE;
	if (!in_use && !has_foot(walk, walk->at, end))
		return GLIBC_STEP_LOST;
	*ret_chunk =
		(struct glibc_chunk){walk->at, end, in_use ? GLIBC_CHUNK_USED : GLIBC_CHUNK_FREE};
	walk->at = end;
	return GLIBC_STEP_CHUNK;
}

bool glibc_walk_holds(const struct glibc_walk *walk, uint64_t address, size_t chunks)
{
	struct glibc_walk trial = *walk;
	struct glibc_chunk chunk;

	trial.at = address;
	for (size_t i = 0; i < chunks; i++) {
		enum glibc_step step = glibc_walk_next(&trial, &chunk);

		if (step == GLIBC_STEP_LOST)
			return false;
		if (step == GLIBC_STEP_END)
			return i > 0;
	}
	return true;
}

bool glibc_chunk_is_mapped(struct memory_window *window, uint64_t address, uint64_t limit,
			   uint64_t *ret_size)
{
	uint64_t skipped, head, size, pages;

	if (address >= limit || !memory_window_word(window, address, &skipped) ||
	    !memory_window_word(window, address + window->word, &head))
		return false;
	size = head & ~FLAGS;
	pages = (size + window->page_size - 1) & ~(window->page_size - 1);
	/* Since 2.43 the size is that of the pages less a header. */
	if ((head & FLAGS) != IS_MMAPPED || skipped || !size || pages < size ||
	    (pages != size && pages - size != 2 * (uint64_t)window->word) ||
	    pages > limit - address)
		return false;
	*ret_size = pages;
	return true;
}
