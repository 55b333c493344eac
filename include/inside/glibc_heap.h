/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_HEAP_H
#define INSIDE_GLIBC_HEAP_H

/*
 * What the arenas of glibc's malloc hold (inside/heap_usage.h), counted as mallinfo(3) counts. The
 * chunks are walked from header to header (inside/glibc_chunks.h) in the pages that are in memory.
 *
 * The target runs meanwhile. Where a walk loses its way it goes on at the next chunk that a bin
 * has; what lies between is unknown, and so are chunks whose headers are not in memory. Addresses
 * and sizes in bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_memory;
struct heap_usage;

/*
 * Finds the arenas and walks them. With pieces, the chunks are listed, too. Returns 0 and fills
 * *ret_heap, which heap_usage_finish() frees; or -ENOENT: no arena was found.
 */
int glibc_heap_read(const struct heap_memory *memory, bool pieces, struct heap_usage *ret_heap);

#endif
