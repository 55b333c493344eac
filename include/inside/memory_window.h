/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MEMORY_WINDOW_H
#define INSIDE_MEMORY_WINDOW_H

/*
 * A stretch of a target's memory that is held, for what reads it word by word in ascending order:
 * a call of the memory reader (inside/memory_reader.h) for each word would cost a thousand times as
 * much. What it holds is as old as the call that filled it; the target runs meanwhile. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_reader;

struct memory_window {
	const struct memory_reader *reader;
	uint64_t page_size; /* the reader's */
	unsigned word;      /* bytes of the target's words: 4 or 8 */
	/* Private: */
	size_t size;         /* of the stretch, in whole pages */
	uint64_t start, end; /* what is held; equal: nothing */
	uint8_t *bytes;      /* owned */
	uint8_t *absent;     /* owned: a bit for each page, set where there is nothing */
};

/* A window of so many pages, at least one. memory_window_finish() frees it. */
void memory_window_init(struct memory_window *window, const struct memory_reader *reader,
			unsigned word, size_t pages);
void memory_window_finish(struct memory_window *window);

/*
 * Copies size bytes from the address on. False when a page of them is not in memory or cannot be
 * read; what the output holds is undefined then.
 */
bool memory_window_read(struct memory_window *window, uint64_t address, void *ret_bytes,
			size_t size);

/* The same for a word of the target, in this machine's byte order; addresses need no alignment. */
bool memory_window_word(struct memory_window *window, uint64_t address, uint64_t *ret_word);

/* Whether the page that the address lies in is in memory and can be read. */
bool memory_window_is_present(struct memory_window *window, uint64_t address);

/* Forgets what it holds: the next question reads again. */
void memory_window_forget(struct memory_window *window);

#endif
