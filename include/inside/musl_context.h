/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_MUSL_CONTEXT_H
#define INSIDE_MUSL_CONTEXT_H

/*
 * Where musl's malloc, mallocng (since 1.2.1), keeps what it knows: struct malloc_context (musl,
 * src/malloc/mallocng/meta.h; its symbol is __malloc_context, glue.h). It begins with a random
 * number, the secret; a list leads from it to the meta areas, which lie at multiples of 4096 and
 * begin with the same number, and so the context is known where symbols are stripped, too.
 *
 * The target may be hostile: every value is checked against the mappings, every loop is bounded.
 * Addresses and sizes in bytes.
 */

#include <stdint.h>

struct heap_memory;
struct memory_window;

#define MUSL_AREA_SIZE UINT64_C(4096) /* of a meta area, whatever the page size is */
#define MUSL_ACTIVE    48u            /* groups that slots are given out from, one for each size */

struct musl_context {
	uint64_t address;
	uint64_t secret;
	uint64_t areas; /* the first meta area */
	uint64_t end;   /* of what is known of the struct */
};

/*
 * Finds the context: at the address of its symbol or, where that is not known (0), in the data of
 * the memory. Returns 0 and sets *ret_context; or -ENOENT: there is none, or malloc was not called
 * yet.
 */
int musl_context_find(struct memory_window *window, const struct heap_memory *memory,
		      uint64_t symbol, struct musl_context *ret_context);

#endif
