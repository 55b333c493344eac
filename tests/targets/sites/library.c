/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The part of sites.c that is a library. */

#include <stddef.h>
#include <stdlib.h>

void *touch_in_library(size_t size);

void *touch_in_library(size_t size)
{
	volatile char *memory = malloc(size);

	for (size_t at = 0; memory && at < size; at += 4096)
		memory[at] = 1; /* touch_in_library */
	return (void *)memory;
}
