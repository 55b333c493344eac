/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_FAKE_MUSL_H
#define TESTS_FAKE_MUSL_H

/* What musl's malloc writes into memory, made up: its context, a meta area, and groups. */

#include "fake_memory.h"
#include "inside/musl_context.h"

#define FAKE_SECRET UINT64_C(0x1c5a3f9b27d4e861)

/* The class of groups with one block in pages of its own. */
#define FAKE_SINGLE 63u

struct fake_musl {
	uint64_t context, area;
	bool has_page_size; /* in the context */
};

static inline void fake_musl_put_secret(struct fake_memory *memory, uint64_t address)
{
	const uint64_t secret = FAKE_SECRET;

	memcpy(memory->bytes + (address - memory->start), &secret, sizeof(secret));
}

static inline void fake_musl_put_half(struct fake_memory *memory, uint64_t address, uint32_t value)
{
	memcpy(memory->bytes + (address - memory->start), &value, sizeof(value));
}

/* Where the words behind the secret and the integers begin. */
static inline uint64_t fake_musl_words(const struct fake_memory *memory,
				       const struct fake_musl *musl)
{
	return musl->context + 16 + (musl->has_page_size ? memory->word : 0);
}

/* Where the context points to the group of the class that slots are given out from. */
static inline uint64_t fake_musl_active(const struct fake_memory *memory,
					const struct fake_musl *musl, unsigned class)
{
	return fake_musl_words(memory, musl) + (uint64_t)(8 + class) * memory->word;
}

/* A context with one area, and room for so many groups in that. */
static inline void fake_musl_put(struct fake_memory *memory, const struct fake_musl *musl,
				 uint32_t slots)
{
	uint64_t words = fake_musl_words(memory, musl);

	fake_musl_put_secret(memory, musl->context);
	if (musl->has_page_size)
		fake_memory_put(memory, musl->context + 8, FAKE_PAGE);
	fake_memory_put(memory, words + 5 * memory->word, musl->area);
	fake_memory_put(memory, words + 6 * memory->word, musl->area);
	fake_musl_put_secret(memory, musl->area);
	fake_musl_put_half(memory, musl->area + 8 + memory->word, slots);
}

/* The address of the meta with that number. */
static inline uint64_t fake_musl_meta(const struct fake_memory *memory,
				      const struct fake_musl *musl, unsigned number)
{
	return musl->area + 8 + 2 * memory->word + (uint64_t)number * (4 * memory->word + 8);
}

struct fake_group {
	uint64_t start;
	uint32_t free_now, free_later;
	unsigned slots, class, pages;
};

/* A group, with its meta in the area. */
static inline void fake_musl_put_group(struct fake_memory *memory, const struct fake_musl *musl,
				       unsigned number, const struct fake_group *group)
{
	uint64_t meta = fake_musl_meta(memory, musl, number);

	fake_memory_put(memory, meta + 2 * memory->word, group->start);
	fake_musl_put_half(memory, meta + 3 * memory->word, group->free_now);
	fake_musl_put_half(memory, meta + 3 * memory->word + 4, group->free_later);
	fake_memory_put(memory, meta + 3 * memory->word + 8,
			(group->slots - 1) | group->class << 6 | (uint64_t)group->pages << 12);
	fake_memory_put(memory, group->start, meta);
}

#endif
