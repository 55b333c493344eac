/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MUSL_HEAP_H
#define INSIDE_MUSL_HEAP_H

/*
 * What musl's malloc, mallocng, holds (inside/heap_usage.h), as one arena: its context. The arena's
 * memory is that of all groups and of the meta areas (inside/musl_groups.h). A slot is a chunk. The
 * bytes in use include those of musl's own structs, and top is 0: mallocng keeps no free end. Large
 * blocks have mappings of their own.
 */

#include <stdbool.h>
#include <stdint.h>

struct heap_memory;
struct heap_usage;

/*
 * Finds the context, at the address of its symbol where that is known (else 0), and goes through
 * its groups. With pieces, the chunks are listed, too. Returns 0 and fills *ret_heap, which
 * heap_usage_finish() frees; or -ENOENT: no context was found.
 */
int musl_heap_read(const struct heap_memory *memory, uint64_t symbol, bool pieces,
		   struct heap_usage *ret_heap);

#endif
