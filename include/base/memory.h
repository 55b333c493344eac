/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/*
 * Heap memory that is always there: every function returns memory or does not return. Out of
 * memory, the exhausted hook runs (it restores the terminal, writes a message and ends the
 * program); without a hook, or if it returns, the process aborts. Sizes are in bytes. Everything
 * returned is freed with free().
 */

#include <stddef.h>

/* size zeroed bytes; never NULL, also for size 0. */
void *memory_alloc(size_t size);

/* p resized to size bytes, as realloc(); new bytes are not initialized. */
void *memory_resize(void *p, size_t size);

/* A copy of the string. */
char *memory_copy_string(const char *string);

/*
 * Makes room for one item more in a growing array. *capacity is in items and at least doubles
 * when count has reached it; item is the size of one in bytes. Returns the array.
 */
void *memory_array_grow(void *array, size_t count, size_t *capacity, size_t item);

/*
 * To be called first of all: what is large goes back to the kernel when it is freed. What there is
 * of many mappings comes and goes with each sample; left alone, glibc would put it among what stays
 * as soon as the first of it is freed (M_MMAP_THRESHOLD in mallopt(3)), and half of the heap would
 * be holes. Other C libraries decide by themselves.
 */
void memory_keep_compact(void);

/* To be called by other code that cannot get memory. */
_Noreturn void memory_exhausted(void);

/* What to do when memory is exhausted, before the process aborts; NULL for nothing. */
void memory_set_exhausted_hook(void (*hook)(void));

#endif
