/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_RESIDENT_MEMORY_H
#define RESIDENCY_RESIDENT_MEMORY_H

/*
 * The memory of a running process as a reader (inside/memory_reader.h): only pages that are in
 * memory, so that nothing is faulted in, by process_vm_readv(2): many pages a call, which takes the
 * target's mmap_lock once in 1024 pages at most, where /proc/PID/mem takes it for every page and
 * costs three times as much. mem serves where that call cannot: for a process that has no number
 * in this program's PID namespace, whose main thread has ended, or where a filter forbids it.
 *
 * The memory of a process that does not run any more (kernel/kept_memory.h) is read in its place
 * where the options have one: there pages that were not kept count as not in memory.
 *
 * It is of the address space that the process had when it was opened: once execve(2) has replaced
 * that, everything is absent. Who reads much pauses as resident_memory_pause() says.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/memory_reader.h"
#include "residency/scan_target.h"

struct kept_memory;
struct procfs_options;
struct scan_pace;

struct resident_memory {
	bool absent_too; /* pages that are not in memory are read as well: that brings them in */
	/* Private: */
	struct kept_memory *kept; /* what is read instead; NULL: the process runs */
	uint64_t held_ns;     /* how long the calls took that take the lock, since the last pause */
	uint64_t expected_ns; /* how long they take without contention */
	struct scan_target target;
	int32_t number;   /* of the process, for process_vm_readv(); 0: mem is read */
	int mem, pagemap; /* descriptors; pagemap: -1 where there is none */
	bool entries;     /* of pagemap, its entries are read: there is no PAGEMAP_SCAN */
};

/*
 * Opens the memory of process pid. Returns 0; -EACCES when it may not be read, -ENOENT when there
 * is none, as in a recorded tree, -ESRCH when there is no such process, or another -errno: then
 * there is nothing to close. It must not move while a reader of it is in use.
 */
int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid);
void resident_memory_close(struct resident_memory *memory);

/*
 * Moves *at over pages that are not in memory, up to end, in one bounded call. Returns 1 when the
 * page at *at is in memory; 0 when it is not known to be, and *at is where to go on, perhaps end;
 * or -errno as a read.
 */
int resident_memory_skip(struct resident_memory *memory, uint64_t end, uint64_t *at);

/*
 * What the pace says after the reads since the last call of this: how long to pause, nanoseconds;
 * and the same for a program without a screen, which pauses here.
 */
uint64_t resident_memory_pause(struct resident_memory *memory, struct scan_pace *pace);
void resident_memory_rest(struct resident_memory *memory, struct scan_pace *pace);

/* The reader, which lives as long as the memory is open. A read is as long as its range. */
struct memory_reader resident_memory_reader(struct resident_memory *memory);

#endif
