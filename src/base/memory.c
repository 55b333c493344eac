/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LARGE_BYTES (512 * 1024)

/* Set once at start; how the layers below app/ reach the terminal that has to be restored. */
static void (*exhausted_hook)(void);

void memory_set_exhausted_hook(void (*hook)(void))
{
	exhausted_hook = hook;
}

void memory_exhausted(void)
{
	if (exhausted_hook)
		exhausted_hook();
	abort();
}

void memory_keep_compact(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
#endif
}

static void *check(void *p)
{
	if (!p)
		memory_exhausted();
	return p;
}

void *memory_alloc(size_t size)
{
	return check(calloc(1, size ? size : 1));
}

void *memory_resize(void *p, size_t size)
{
	return check(realloc(p, size ? size : 1));
}

char *memory_copy_string(const char *string)
{
	return check(strdup(string));
}

void *memory_array_grow(void *array, size_t count, size_t *capacity, size_t item)
{
	size_t wanted = *capacity ? *capacity : 16;

	if (count < *capacity)
		return array;
	while (wanted <= count)
		wanted *= 2;
	if (wanted > SIZE_MAX / item)
		memory_exhausted();
	*capacity = wanted;
	return memory_resize(array, wanted * item);
}
