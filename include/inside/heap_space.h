/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_HEAP_SPACE_H
#define INSIDE_HEAP_SPACE_H

/*
 * Where in an address space malloc may have its own data and its chunks: what glibc_heap_read() and
 * musl_heap_read() are given. Its own data are sought first in the C library, then in the program
 * (static ones have the library in them), then in all other objects.
 */

#include "inside/heap_memory.h"

struct address_space;

struct heap_space {
	struct heap_memory memory;                      /* without a reader */
	struct heap_range *data, *writable, *anonymous; /* private */
};

/* The ranges of the space. heap_space_finish() frees them. */
void heap_space_init(struct heap_space *ranges, const struct address_space *space);
void heap_space_finish(struct heap_space *ranges);

#endif
