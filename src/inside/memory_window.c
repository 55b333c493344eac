/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/memory_window.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/memory_reader.h"

void memory_window_init(struct memory_window *window, const struct memory_reader *reader,
			unsigned word, size_t pages)
{
	uint64_t page_size = reader->page_size;

	*window = (struct memory_window){
		.reader = reader,
		.page_size = page_size,
		.word = word,
		.size = pages * page_size,
		.bytes = memory_alloc(pages * page_size),
		.absent = memory_alloc(pages / 8 + 1),
	};
}

void memory_window_finish(struct memory_window *window)
{
	free(window->bytes);
	free(window->absent);
	*window = (struct memory_window){0};
}

void memory_window_forget(struct memory_window *window)
{
	window->start = window->end = 0;
}

/* Holds the page of the address, and as many behind it as there is room for. */
static bool hold(struct memory_window *window, uint64_t address)
{
	uint64_t start = address & ~(window->page_size - 1);
	size_t size = window->size;

	if (address >= window->start && address < window->end)
		return true;
	if (start > UINT64_MAX - size)
		return false;
	memory_window_forget(window);
	if (window->reader->read(window->reader->context, start, window->bytes, size,
				 window->absent))
		return false;
	window->start = start;
	window->end = start + size;
	return true;
}

bool memory_window_is_present(struct memory_window *window, uint64_t address)
{
	size_t page;

	if (!hold(window, address))
		return false;
	page = (size_t)((address - window->start) / window->page_size);
	return !(window->absent[page / 8] >> page % 8 & 1);
}

bool memory_window_read(struct memory_window *window, uint64_t address, void *ret_bytes,
			size_t size)
{
	uint8_t *out = ret_bytes;

	while (size) {
		uint64_t left = window->page_size - (address & (window->page_size - 1));
		size_t piece = left < size ? (size_t)left : size;

		if (!memory_window_is_present(window, address))
			return false;
		memcpy(out, window->bytes + (address - window->start), piece);
		out += piece;
		address += piece;
		size -= piece;
	}
	return true;
}

bool memory_window_word(struct memory_window *window, uint64_t address, uint64_t *ret_word)
{
	uint64_t word = 0;
	uint32_t half;

	if (window->word == sizeof(word)) {
		if (!memory_window_read(window, address, &word, sizeof(word)))
			return false;
	} else {
		if (!memory_window_read(window, address, &half, sizeof(half)))
			return false;
		word = half;
	}
	*ret_word = word;
	return true;
}
