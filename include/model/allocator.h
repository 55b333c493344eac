/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ALLOCATOR_H
#define MODEL_ALLOCATOR_H

/*
 * Which implementation of malloc a process has, by the libraries that it maps: an allocator that
 * is loaded takes the place of the C library's own. One that is a part of the program itself is not
 * seen.
 */

enum allocator {
	ALLOCATOR_UNKNOWN,
	ALLOCATOR_GLIBC,
	ALLOCATOR_MUSL,
	ALLOCATOR_BIONIC,
	ALLOCATOR_JEMALLOC,
	ALLOCATOR_TCMALLOC,
	ALLOCATOR_MIMALLOC,
	ALLOCATOR_SNMALLOC,
	ALLOCATOR_RPMALLOC,
	ALLOCATOR_TBB,
	ALLOCATOR_HOARD,
	ALLOCATOR_SCUDO,
	ALLOCATOR_SANITIZER,
	ALLOCATOR_COUNT,
};

struct address_space;

/* The allocator of the process. O(mappings). */
enum allocator allocator_find(const struct address_space *space);

/* The stable name: "glibc", "jemalloc"; NULL for ALLOCATOR_UNKNOWN. */
const char *allocator_name(enum allocator allocator);

/* What tells more from within the process, a call or a setting; NULL: nothing is known to. */
const char *allocator_ask(enum allocator allocator);

#endif
