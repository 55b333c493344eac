/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_HEAP_INFO_PARSER_H
#define PROCFS_HEAP_INFO_PARSER_H

/*
 * Recognizes the head of a heap of glibc's malloc that is not the brk heap: struct heap_info of its
 * malloc/arena.c, which begins in all versions with four words: the arena (struct malloc_state)
 * that the heap belongs to, the arena's previous heap, how much of the heap is in use, and how much
 * of it can be accessed. The arena itself lies directly after the head of its first heap. The bytes
 * are a running process's: they can be anything.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAP_INFO_BYTES 32u /* that are looked at; of a 32-bit process half of them */

struct heap_place {
	uint64_t start, end; /* of the accessible memory that begins with the head; bytes */
	uint64_t unit;       /* heaps begin at multiples of this power of two, and are no larger */
	uint64_t page_size;  /* bytes */
};

/* Whether the bytes, which are those at place->start, are the head of a heap. */
bool heap_info_parse(const struct heap_place *place, const uint8_t bytes[static HEAP_INFO_BYTES]);

#endif
