/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MEMORY_READER_H
#define INSIDE_MEMORY_READER_H

/*
 * The one way to a target's bytes: a running process, a fixture or a recording can be behind it.
 * The target runs meanwhile, so what is read may be torn: code that takes it for a structure checks
 * everything. A reader leaves out pages that are not in memory, unless it was made to read them
 * too; so reading changes nothing in the target. Bytes, addresses unsigned 64-bit.
 *
 * A map of absent pages has a bit for each page that a range touches: that of the range's first
 * page is bit 0 of byte 0. A set bit: nothing was read of that page, its bytes are 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_reader {
	/*
	 * Fills size bytes from the address on, and the map of absent pages, which has
	 * memory_reader_map_size() bytes. A page is absent when it is not in memory, not mapped or
	 * may not be read. One call is one look: ask for much at once rather than often for little.
	 * Returns 0; -EACCES when nothing of the target may be read, -ESRCH when it has ended,
	 * -EINVAL when the range wraps round, or another -errno: what is filled is undefined then.
	 */
	int (*read)(void *context, uint64_t address, void *bytes, size_t size, uint8_t *ret_absent);
	void *context;
	uint64_t page_size; /* of the target, a power of two */
};

/* How many pages a range touches; and the bytes that a map of them takes. */
size_t memory_reader_pages(uint64_t address, size_t size, uint64_t page_size);
size_t memory_reader_map_size(uint64_t address, size_t size, uint64_t page_size);

/* Whether the page of the byte at that offset of the range, which begins at address, is absent. */
bool memory_reader_is_absent(const uint8_t *absent, uint64_t address, size_t offset,
			     uint64_t page_size);

/* Marks the page of that index as absent, or as read. */
void memory_reader_set_absent(uint8_t *absent, size_t page, bool is_absent);

#endif
