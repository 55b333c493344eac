/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MEMORY_SEARCH_H
#define INSIDE_MEMORY_SEARCH_H

/*
 * Finds bytes in a target's memory, which comes in pieces in ascending order. What it finds does
 * not depend on where the pieces end; absent pages match nothing. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_NEEDLE_MAX 256 /* bytes that are looked for */

struct memory_needle {
	uint8_t bytes[MEMORY_NEEDLE_MAX];
	size_t size; /* at least 1 */
};

/*
 * What length bytes of text (any) ask for: "0x7f454c46" or "0x7f 45 4c 46" for bytes, two
 * hexadecimal digits each, in the order of memory; anything else for itself, also within quotation
 * marks, where it would mean something else. Returns 0; -EINVAL when it is empty or has no pairs of
 * digits behind 0x, -E2BIG when it is longer than a needle.
 */
int memory_needle_parse(const char *text, size_t length, struct memory_needle *ret_needle);

/* An address as a word of 4 or 8 bytes, in this machine's byte order. */
struct memory_needle memory_needle_of_address(uint64_t address, unsigned word);

struct memory_search {
	struct memory_needle needle;
	uint64_t *found; /* addresses, ascending; owned */
	size_t count, most;
	bool full; /* there may be more: most were found */
	/* Private: the last bytes before the next piece, at most one less than a needle has. */
	uint8_t tail[MEMORY_NEEDLE_MAX];
	size_t tail_size;
	uint64_t next; /* the address after them */
	size_t capacity;
};

/* Looks for the needle, at most so many times. memory_search_finish() frees it. */
void memory_search_init(struct memory_search *search, const struct memory_needle *needle,
			size_t most);
void memory_search_finish(struct memory_search *search);

/*
 * Looks through size bytes from the address on, which is not below the end of the piece before;
 * absent is the map of their pages (inside/memory_reader.h).
 */
void memory_search_feed(struct memory_search *search, uint64_t address, const uint8_t *bytes,
			size_t size, const uint8_t *absent, uint64_t page_size);

#endif
