/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_CODE_TABLE_H
#define FILES_CODE_TABLE_H

/*
 * What is known of the code at addresses: frames by address, each with the file that they hold for,
 * and their strings, each of them once. Bounded: of what does not fit nothing is kept. All zeroes
 * but the key of the pool is a valid, empty table.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/code_frame.h"
#include "procfs/name_pool.h"

/* The file that was mapped around an address, and where. */
struct code_place {
	const char *module; /* the table's string */
	uint64_t inode;     /* 0: none */
	uint64_t base;      /* where offset 0 of the file would be, modulo 2^64 */
};

struct code_entry;

/* Private. */
struct code_table {
	struct code_entry *entries; /* open addressing; capacity is 0 or a power of two */
	size_t count, capacity;
	struct code_frame *frames;
	size_t frame_count, frame_capacity;
	struct name_pool names;
};

void code_table_finish(struct code_table *table);

/* The table's string of the length bytes, cut to a bound; NULL when it is full. */
const char *code_table_string(struct code_table *table, const char *bytes, size_t length);

/* Whether frames of the address are known that hold for the place. */
bool code_table_holds(const struct code_table *table, uint64_t address,
		      const struct code_place *place);

/*
 * Keeps count frames, at least 1 (their strings are the table's), of the address instead of those
 * before.
 */
void code_table_put(struct code_table *table, uint64_t address, const struct code_place *place,
		    const struct code_frame *frames, size_t count);

/* The frames of the address; NULL, and *ret_count is 0, when it has none. */
const struct code_frame *code_table_get(const struct code_table *table, uint64_t address,
					size_t *ret_count);

#endif
