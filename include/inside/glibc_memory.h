/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_GLIBC_MEMORY_H
#define INSIDE_GLIBC_MEMORY_H

/* The memory of a process that glibc's malloc may have: what is walked. Bytes. */

#include "inside/glibc_arena.h"

struct memory_reader;

struct glibc_memory {
	const struct memory_reader *reader;
	unsigned word;                 /* bytes of the target's words: 4 or 8 */
	struct glibc_ranges data;      /* where the main arena may be */
	struct glibc_ranges writable;  /* private memory that can be written */
	struct glibc_ranges anonymous; /* of the writable, mapping by mapping, what has no file */
	struct glibc_range heap;       /* the brk heap; empty: there is none */
};

#endif
