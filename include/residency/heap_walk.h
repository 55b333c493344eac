/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_HEAP_WALK_H
#define RESIDENCY_HEAP_WALK_H

/*
 * Walks the heaps of malloc in a running process, of glibc's (inside/glibc_heap.h) or of musl's
 * (inside/musl_heap.h): in pages that are
 * in memory only, with a pause whenever the target's mmap_lock was held for long enough.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct allocator_found;
struct heap_usage;
struct procfs_options;
struct scan_pace;

/*
 * Walks the heaps of the process of the snapshot, at that pace; found is what is known of its
 * malloc; one that was not known is, once its arenas are found. With pieces, chunks are listed.
 * Returns 0 and fills *ret_heap, which heap_usage_finish() frees; -ENOENT when no arena was found;
 * or as resident_memory_open().
 */
int heap_walk(const struct procfs_options *options, const struct address_space *space,
	      struct allocator_found *found, struct scan_pace *pace, bool pieces,
	      struct heap_usage *ret_heap);

#endif
