/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_HEAP_H
#define REPORT_JSON_HEAP_H

/* The heap of a process as JSON: what its allocator's arenas hold (inside/glibc_heap.h). */

#include <stddef.h>

struct heap_keeper;
struct heap_usage;
struct json_writer;

struct json_heap {
	const char *allocator;             /* its stable name; NULL: not known */
	const char *ask;                   /* what tells more; NULL: nothing is known to */
	const struct heap_keeper *keepers; /* what has heaps beside it */
	size_t keeper_count;
	const struct heap_usage *usage; /* NULL: nothing is known of the inside */
};

/* Writes the member "heap"; what is not known is null. */
void json_heap_write(struct json_writer *writer, const struct json_heap *heap);

#endif
