/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ALLOCATOR_H
#define MODEL_ALLOCATOR_H

/*
 * Which implementation of malloc a process has: by the libraries that it maps, as an allocator that
 * is loaded takes the place of the C library's own; by the names that allocators give to their
 * memory; and, where it is a part of the program itself, by the program's symbols, which the caller
 * has (files/allocator_finder.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/runtime.h"

enum allocator {
	ALLOCATOR_UNKNOWN,
	ALLOCATOR_GLIBC,
	ALLOCATOR_MUSL,
	ALLOCATOR_MUSL_OLD, /* musl's before 1.2.1, which has another one */
	ALLOCATOR_BIONIC,
	ALLOCATOR_JEMALLOC,
	ALLOCATOR_TCMALLOC,
	ALLOCATOR_MIMALLOC,
	ALLOCATOR_SNMALLOC,
	ALLOCATOR_RPMALLOC,
	ALLOCATOR_TBB,
	ALLOCATOR_HOARD,
	ALLOCATOR_SCUDO,
	ALLOCATOR_PARTITION_ALLOC,
	ALLOCATOR_SANITIZER,
	ALLOCATOR_DLMALLOC,
	ALLOCATOR_OWN, /* the program has a malloc of its own, without a name */
	ALLOCATOR_COUNT,
};

/* What is known of a process's malloc. All zeroes: nothing. */
struct allocator_found {
	enum allocator allocator;
	uint32_t others;  /* a bit for each allocator that the program has beside it */
	uint64_t context; /* where musl's malloc keeps what it knows; 0: not known */
};

struct address_space;

/* The allocator of the process, as its mappings tell. O(mappings). */
enum allocator allocator_find(const struct address_space *space);

/*
 * The allocator that has a function or variable of that name (of length bytes, without a version);
 * ALLOCATOR_UNKNOWN: none has. O(log names).
 */
enum allocator allocator_of_symbol(const char *name, size_t length);

/*
 * What is known once the program's symbols are, too: mapped is what allocator_find() returned, own
 * a bit for each allocator that the program has symbols of. With has_malloc the program defines
 * malloc, which takes the place of that of libraries.
 */
struct allocator_found allocator_settle(enum allocator mapped, uint32_t own, bool has_malloc);

/* The allocator whose memory it is; ALLOCATOR_UNKNOWN: that of none. */
enum allocator allocator_of_runtime(enum runtime runtime);

/* The stable name: "glibc", "jemalloc"; NULL for ALLOCATOR_UNKNOWN. */
const char *allocator_name(enum allocator allocator);

/* What tells more from within the process, a call or a setting; NULL: nothing is known to. */
const char *allocator_ask(enum allocator allocator);

#endif
