/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_FAKE_GLIBC_H
#define TESTS_FAKE_GLIBC_H

/* What glibc's malloc writes into memory, made up: arenas with their bins, and chunks. */

#include "fake_memory.h"
#include "inside/glibc_arena.h"

/* The words before the bins, as 2.36 has them, and as there are without fast bins. */
#define FAKE_HEAD_WORDS       14u
#define FAKE_SHORT_HEAD_WORDS 4u

#define FAKE_IN_USE 1u /* the flag of a chunk whose predecessor is in use */

struct fake_arena {
	uint64_t address, next, top, system;
	unsigned head_words;
};

static inline uint64_t fake_arena_bins(const struct fake_memory *memory,
				       const struct fake_arena *arena)
{
	return arena->address + (uint64_t)arena->head_words * memory->word;
}

/* Where the links of the bin with that number stand. */
static inline uint64_t fake_arena_bin(const struct fake_memory *memory,
				      const struct fake_arena *arena, unsigned bin)
{
	return fake_arena_bins(memory, arena) + (uint64_t)bin * 2 * memory->word;
}

/* An arena whose bins are empty. Returns the address behind it. */
static inline uint64_t fake_arena_put(struct fake_memory *memory, const struct fake_arena *arena)
{
	unsigned word = memory->word;
	uint64_t bins = fake_arena_bins(memory, arena), behind = bins + 254 * word + 16;

	fake_memory_put(memory, bins - 2 * word, arena->top);
	for (unsigned i = 0; i < GLIBC_BINS; i++) {
		uint64_t links = fake_arena_bin(memory, arena, i);

		fake_memory_put(memory, links, links - 2 * word);
		fake_memory_put(memory, links + word, links - 2 * word);
	}
	fake_memory_put(memory, behind, arena->next);
	fake_memory_put(memory, behind + 2 * word, 1);
	fake_memory_put(memory, behind + 3 * word, arena->system);
	fake_memory_put(memory, behind + 4 * word, arena->system);
	return behind + 5 * word;
}

/* Puts the chunk, a free one, into the bin as its only one. */
static inline void fake_bin_put(struct fake_memory *memory, const struct fake_arena *arena,
				unsigned bin, uint64_t chunk)
{
	unsigned word = memory->word;
	uint64_t links = fake_arena_bin(memory, arena, bin);

	fake_memory_put(memory, links, chunk);
	fake_memory_put(memory, links + word, chunk);
	fake_memory_put(memory, chunk + 2 * word, links - 2 * word);
	fake_memory_put(memory, chunk + 3 * word, links - 2 * word);
}

/* A chunk's size with its flags. Returns where the next one begins. */
static inline uint64_t fake_chunk_put(struct fake_memory *memory, uint64_t start, uint64_t size,
				      bool previous_in_use)
{
	fake_memory_put(memory, start + memory->word, size | (previous_in_use ? FAKE_IN_USE : 0));
	return start + size;
}

/* The same of a free one, whose end says its size, too. */
static inline uint64_t fake_free_put(struct fake_memory *memory, uint64_t start, uint64_t size)
{
	fake_memory_put(memory, start + size, size);
	return fake_chunk_put(memory, start, size, true);
}

#endif
