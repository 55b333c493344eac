/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_HEAP_H
#define REPORT_JSON_HEAP_H

/* The heap of a process as JSON: what its allocator's arenas hold (inside/glibc_heap.h). */

struct heap_usage;
struct json_writer;

/*
 * Writes the member "heap". allocator is its stable name, NULL: not known. heap is NULL where
 * nothing is known of the inside; then all but the allocator is null.
 */
void json_heap_write(struct json_writer *writer, const char *allocator,
		     const struct heap_usage *heap);

#endif
