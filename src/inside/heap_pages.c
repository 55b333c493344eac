/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/heap_pages.h"

#include "inside/memory_window.h"

/* Of a page, up to which a used chunk is small. */
#define SMALL_SHARE 16

void heap_pages_end(struct heap_pages *pages, struct memory_window *window)
{
	if (pages->chunks == 1 && pages->used <= window->page_size / SMALL_SHARE &&
	    memory_window_is_present(window, pages->page))
		pages->pinned += window->page_size;
	pages->chunks = 0;
	pages->used = 0;
}

/* A part of a used chunk that lies in one page. */
static void use_part(struct heap_pages *pages, struct memory_window *window, uint64_t start,
		     uint64_t end)
{
	uint64_t page = start & ~(window->page_size - 1);

	if (page != pages->page)
		heap_pages_end(pages, window);
	pages->page = page;
	pages->chunks++;
	pages->used += end - start;
}

void heap_pages_use(struct heap_pages *pages, struct memory_window *window, uint64_t start,
		    uint64_t end)
{
	uint64_t next = (start | (window->page_size - 1)) + 1;
	uint64_t last = (end - 1) & ~(window->page_size - 1);

	use_part(pages, window, start, next < end ? next : end);
	/* The pages between are full. */
	if (last >= next)
		use_part(pages, window, last, end);
}

uint64_t heap_pages_free(struct heap_pages *pages, struct memory_window *window, uint64_t start,
			 uint64_t end, uint64_t kept)
{
	uint64_t mask = window->page_size - 1, absent = 0;
	uint64_t first = (start + kept + mask) & ~mask;

	for (uint64_t page = first; page < (end & ~mask); page += window->page_size)
		if (memory_window_is_present(window, page))
			pages->free += window->page_size;
		else
			absent += window->page_size;
	return end - start - absent;
}
