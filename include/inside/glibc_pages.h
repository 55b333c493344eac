/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_PAGES_H
#define INSIDE_GLIBC_PAGES_H

/*
 * What chunks do to the pages that they lie in: which pages in memory are wholly free, so that
 * malloc_trim(3) could give them back, and which ones a single small chunk keeps. Chunks come
 * in ascending order. All zeroes is a valid, empty count. Bytes.
 */

#include <stddef.h>
#include <stdint.h>

struct memory_window;

struct glibc_pages {
	uint64_t free;   /* in memory, in pages that are wholly free */
	uint64_t pinned; /* in memory, in pages with one used chunk that takes a 16th at most */
	/* Private: of the page that the last used chunk ended in. */
	uint64_t page, used;
	size_t chunks;
};

/* A used chunk. */
void glibc_pages_use(struct glibc_pages *pages, struct memory_window *window, uint64_t start,
		     uint64_t end);

/* A free one. Returns the bytes of it that are in memory. */
uint64_t glibc_pages_free(struct glibc_pages *pages, struct memory_window *window, uint64_t start,
			  uint64_t end);

/* There are no more chunks. */
void glibc_pages_end(struct glibc_pages *pages, struct memory_window *window);

#endif
