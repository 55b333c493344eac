/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_KEPT_MEMORY_H
#define KERNEL_KEPT_MEMORY_H

/*
 * The memory of a process that does not run any more, as a file kept it. Threads share it by
 * count: what keeps a pointer holds it, and it is freed when the last holder lets go. It never
 * changes, so that several threads may ask at a time; each waits as long as the file's file system
 * does. Bytes; addresses as those of the process.
 */

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct build_id;
struct kept_memory;

struct kept_memory_operations {
	/* As read() of struct memory_reader: what the file does not have is absent. */
	int (*read)(struct kept_memory *kept, uint64_t address, void *bytes, size_t size,
		    uint8_t *ret_absent);
	/* As resident_memory_skip(): to the next address that the file has, at most end. */
	int (*advance)(struct kept_memory *kept, uint64_t end, uint64_t *at);
	/* What the ELF headers in the memory say of the mapped file of that name; -ENOENT: none. */
	int (*build_id)(struct kept_memory *kept, const char *name, struct build_id *ret_id);
	void (*destroy)(struct kept_memory *kept);
};

struct kept_memory {
	const struct kept_memory_operations *operations;
	uint64_t page_size; /* of the process, a power of two */
	atomic_uint holders;
};

/* Makes the caller the one holder. */
void kept_memory_init(struct kept_memory *kept, const struct kept_memory_operations *operations,
		      uint64_t page_size);

/* One holder more; returns its argument. NULL is allowed. */
struct kept_memory *kept_memory_hold(struct kept_memory *kept);

/* One less. NULL is allowed. */
void kept_memory_release(struct kept_memory *kept);

#endif
