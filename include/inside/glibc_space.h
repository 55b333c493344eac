/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_SPACE_H
#define INSIDE_GLIBC_SPACE_H

/*
 * Where in an address space glibc's malloc may have its arenas and its chunks: what
 * glibc_heap_read() is given. Its own data are sought first in the C library, then in the program
 * (static ones have the library in them), then in all other objects.
 */

#include "inside/glibc_memory.h"

struct address_space;

struct glibc_space {
	struct glibc_memory memory;                      /* without a reader */
	struct glibc_range *data, *writable, *anonymous; /* private */
};

/* The ranges of the space. glibc_space_finish() frees them. */
void glibc_space_init(struct glibc_space *ranges, const struct address_space *space);
void glibc_space_finish(struct glibc_space *ranges);

#endif
