/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_CHUNKS_H
#define INSIDE_GLIBC_CHUNKS_H

/*
 * A walk over the chunks of glibc's malloc from header to header (glibc, malloc/malloc.c, "Chunk
 * representation"). A chunk begins with the size of the one before, where that is free, and its own
 * size, whose three low bits are flags: one says whether the chunk before is in use. So a chunk is
 * known to be free by the header of the next one. The lists of bins are not needed.
 *
 * The target runs meanwhile: what is read may be torn. Each header is checked against its
 * neighbours and the end of the memory; where it contradicts them, or is not in memory, the walk
 * ends and says where. Addresses and sizes in bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_window;

enum glibc_chunk_state {
	GLIBC_CHUNK_USED, /* in use, or kept by a thread or a fast bin as if it were */
	GLIBC_CHUNK_FREE,
	GLIBC_CHUNK_TOP,   /* the free one at the end of the arena's memory */
	GLIBC_CHUNK_FENCE, /* the end of a piece of memory that others lie behind */
};

struct glibc_chunk {
	uint64_t start, end;
	enum glibc_chunk_state state;
};

struct glibc_walk {
	struct memory_window *window;
	uint64_t limit; /* where the memory ends */
	uint64_t top;   /* of the arena; 0: none lies in this memory */
	uint64_t at;    /* where the next chunk begins */
};

enum glibc_step {
	GLIBC_STEP_CHUNK,
	GLIBC_STEP_END,  /* the last chunk, top or a fence, has been there */
	GLIBC_STEP_LOST, /* what lies at walk->at is not known to be a chunk */
};

/* The smallest chunk, and what sizes are multiples of, where words have so many bytes. */
uint64_t glibc_chunk_min(unsigned word);
uint64_t glibc_chunk_align(unsigned word);

/* The next chunk. Fills *ret_chunk where there is one. */
enum glibc_step glibc_walk_next(struct glibc_walk *walk, struct glibc_chunk *ret_chunk);

/*
 * Whether chunks begin at the address: a walk from there on comes to top, a fence or the limit, or
 * still goes on after so many chunks.
 */
bool glibc_walk_holds(const struct glibc_walk *walk, uint64_t address, size_t chunks);

/*
 * Whether memory begins like a chunk that has a mapping of its own: in whole pages, with the flag,
 * within the mapping, which ends at the limit. *ret_size: bytes, what alignment skipped included.
 */
bool glibc_chunk_is_mapped(struct memory_window *window, uint64_t address, uint64_t limit,
			   uint64_t *ret_size);

#endif
