/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_HEAP_PAGES_H
#define INSIDE_HEAP_PAGES_H

/*
 * What chunks do to the pages that they lie in: which pages in memory are wholly free, so that
 * they could be given back, and which ones a single small chunk keeps. Chunks come
 * in ascending order. All zeroes is a valid, empty count. Bytes.
 */

#include <stddef.h>
#include <stdint.h>

struct memory_window;

struct heap_pages {
	uint64_t free;   /* in memory, in pages that are wholly free */
	uint64_t pinned; /* in memory, in pages with one used chunk that takes a 16th at most */
	/* Private: of the page that the last used chunk ended in. */
	uint64_t page, used;
	size_t chunks;
};

/* A used chunk. */
void heap_pages_use(struct heap_pages *pages, struct memory_window *window, uint64_t start,
		    uint64_t end);

/*
 * A free one, of which malloc keeps so many bytes at its beginning for itself. Returns the bytes of
 * it that are in memory.
 */
uint64_t heap_pages_free(struct heap_pages *pages, struct memory_window *window, uint64_t start,
			 uint64_t end, uint64_t kept);

/* There are no more chunks. */
void heap_pages_end(struct heap_pages *pages, struct memory_window *window);

#endif
