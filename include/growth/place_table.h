/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_PLACE_TABLE_H
#define GROWTH_PLACE_TABLE_H

/*
 * Where each call stack touched memory: in which mapping, which stays the same one while it grows
 * and moves (model/identity.h), and, for the newest touches, at which address. Bounded: of more
 * mappings, or pairs of a mapping and a stack, than it has room for nothing is kept; of touches
 * that share a slot the newest is. Bytes, half-open ranges.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/keyed_hash.h"

#define PLACE_TABLE_MAPPINGS 4096u
#define PLACE_TABLE_SHARES   16384u
#define PLACE_TABLE_TOUCHES  16384u

struct address_space;

/* A mapping that was touched, where it is now. */
struct place_mapping {
	uint64_t start, end; /* start == end: it is gone */
};

/* What one stack touched in one mapping. */
struct place_share {
	uint32_t mapping; /* index */
	uint32_t stack;   /* index in the table of stacks */
	uint64_t bytes;
};

struct place_touch {
	uint64_t address; /* 0: none */
	uint64_t bytes;
	uint32_t stack;
};

struct place_table {
	struct place_mapping *mappings;
	size_t mapping_count;
	struct place_share *shares; /* in slots; bytes 0: free */
	size_t share_count;
	struct place_touch *touches; /* in slots */
	/* Private: */
	struct hash_key key;
	struct address_space *space; /* that the mappings are of, a copy; NULL: none yet */
	uint32_t *of_vma;            /* for each mapping of space: index + 1; 0: not touched */
};

void place_table_init(struct place_table *table, const struct hash_key *key);
void place_table_finish(struct place_table *table);

/* The space is the newest snapshot from now on: finds the mappings in it. */
void place_table_renew(struct place_table *table, const struct address_space *space);

/* The stack touched so many bytes at the address, which lies in the mapping of that index in the
 * space. */
void place_table_add(struct place_table *table, size_t vma, uint64_t address, uint32_t stack,
		     uint64_t bytes);

/* Forgets what was touched. */
void place_table_clear(struct place_table *table);

#endif
