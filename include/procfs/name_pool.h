/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_NAME_POOL_H
#define PROCFS_NAME_POOL_H

/*
 * A set of strings: equal bytes are stored once and get one pointer, which stays valid until the
 * pool is emptied. From one sample to the next nearly all names of an address space are the same,
 * so keeping them makes a sample free of allocations. All zeroes but the key is a valid, empty
 * pool.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/keyed_hash.h"

struct name_slot;

struct name_pool {
	struct arena arena;
	struct name_slot *slots; /* open addressing; capacity is 0 or a power of two */
	size_t count, capacity;
	struct hash_key key; /* random where the names are the target's: it could choose ones
			      * that collide; stays when the pool is emptied */
	size_t detours;      /* slots that were looked at in vain so far */
};

/* The pool's string of these bytes, which hold no NUL; "" for length 0. */
const char *name_pool_intern(struct name_pool *pool, const char *bytes, size_t length);

/* How much memory the strings take, in bytes. */
size_t name_pool_size(const struct name_pool *pool);

/* Frees all strings; the pool is empty and usable afterwards. */
void name_pool_finish(struct name_pool *pool);

#endif
