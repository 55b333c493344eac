/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_CHUNK_WORDS_H
#define UI_TEXT_CHUNK_WORDS_H

/* What chunks of a heap are called: one, several, and what is known of one. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/heap_usage.h"

struct text;

/* What is said of the first bytes that a program keeps in a chunk. */
#define CHUNK_FIRST_MAX 16

struct chunk_first {
	uint64_t address;
	size_t size; /* 0: they were not read */
	bool absent; /* they are not in memory */
	uint8_t bytes[CHUNK_FIRST_MAX];
};

/* "used chunk", "cached chunk", "hole", "top", "not walked", "malloc's own", "large chunk". */
const char *chunk_words_name(enum heap_use use);

/*
 * Appends how many chunks of which use there are between the addresses: "1 204 used chunks of 48
 * bytes, 312 holes". Sizes that all have are named where that takes no more than so many columns.
 */
void chunk_words_append(struct text *text, const struct heap_usage *heap, uint64_t start,
			uint64_t end, size_t columns);

/* Appends which share of what is known there is free: "58 % free"; nothing where nothing is. */
void chunk_words_append_share(struct text *text, const struct heap_usage *heap, uint64_t start,
			      uint64_t end);

/* Appends what the piece is, how large, and in which arena: "hole, 48 bytes, main arena". */
void chunk_words_append_about(struct text *text, const struct heap_usage *heap,
			      const struct heap_piece *piece);

/* Appends the first bytes, as text or in hexadecimal: "begins with 01 02 03 04". */
void chunk_words_append_first(struct text *text, const struct chunk_first *first);

/* Appends what lies beside the piece: "before it a hole of 48, after it top of 1 024". */
void chunk_words_append_neighbours(struct text *text, const struct heap_usage *heap,
				   const struct heap_piece *piece);

/* What the use means, as a clause: "malloc(3) gave it out". */
const char *chunk_words_meaning(enum heap_use use);

#endif
