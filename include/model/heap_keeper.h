/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HEAP_KEEPER_H
#define MODEL_HEAP_KEEPER_H

/*
 * What keeps heaps in a process beside its malloc: the runtimes of languages, and allocators that
 * the program calls by names of their own; and what of each the user can ask. Bytes.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/allocator.h"
#include "model/runtime.h"

struct address_space;

struct heap_keeper {
	const char *name;  /* stable: "java-heap", "jemalloc" */
	const char *label; /* for people: "java heap" */
	const char *ask;   /* what tells more from within the process; NULL: nothing is known to */
	uint64_t size;     /* of its mappings that can be accessed; TARGET_UNKNOWN: not known */
};

#define HEAP_KEEPERS_MAX ((size_t)ALLOCATOR_COUNT + RUNTIME_COUNT)

/*
 * Lists what there is beside the malloc that was found, and returns how many. All strings are
 * constant. O(mappings).
 */
size_t heap_keepers_list(const struct address_space *space, const struct allocator_found *found,
			 struct heap_keeper ret_keepers[static HEAP_KEEPERS_MAX]);

#endif
