/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_FAKE_MEMORY_H
#define TESTS_FAKE_MEMORY_H

/* A made-up target memory: one stretch of pages, some of them absent, behind a memory reader. */

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/memory_reader.h"

#define FAKE_PAGE UINT64_C(4096)

struct fake_memory {
	uint64_t start;
	size_t pages;
	uint8_t *bytes; /* of the pages */
	bool *absent;   /* of each page */
	size_t calls;   /* of the reader */
	unsigned word;  /* bytes */
	struct memory_reader reader;
};

static inline int fake_memory_read(void *context, uint64_t address, void *bytes, size_t size,
				   uint8_t *ret_absent)
{
	struct fake_memory *memory = context;
	uint64_t end = memory->start + memory->pages * FAKE_PAGE;

	memory->calls++;
	if (size && address > UINT64_MAX - (size - 1))
		return -EINVAL;
	for (size_t done = 0, piece; done < size; done += piece) {
		uint64_t at = address + done;
		bool there = at >= memory->start && at < end &&
			     !memory->absent[(at - memory->start) / FAKE_PAGE];

		piece = (size_t)(FAKE_PAGE - at % FAKE_PAGE);
		if (piece > size - done)
			piece = size - done;
		if (there)
			memcpy((uint8_t *)bytes + done, memory->bytes + (at - memory->start),
			       piece);
		else
			memset((uint8_t *)bytes + done, 0, piece);
		memory_reader_set_absent(ret_absent, (size_t)(at / FAKE_PAGE - address / FAKE_PAGE),
					 !there);
	}
	return 0;
}

/* So many pages of zeroes from start on. fake_memory_finish() frees it. */
static inline void fake_memory_init(struct fake_memory *memory, uint64_t start, size_t pages,
				    unsigned word)
{
	*memory = (struct fake_memory){
		.start = start,
		.pages = pages,
		.bytes = memory_alloc(pages * FAKE_PAGE),
		.absent = memory_alloc(pages * sizeof(bool)),
		.word = word,
	};
	memory->reader = (struct memory_reader){fake_memory_read, memory, FAKE_PAGE};
}

static inline void fake_memory_finish(struct fake_memory *memory)
{
	free(memory->bytes);
	free(memory->absent);
}

static inline void fake_memory_put(struct fake_memory *memory, uint64_t address, uint64_t value)
{
	uint32_t half = (uint32_t)value;

	if (memory->word == sizeof(half))
		memcpy(memory->bytes + (address - memory->start), &half, sizeof(half));
	else
		memcpy(memory->bytes + (address - memory->start), &value, sizeof(value));
}

#endif
