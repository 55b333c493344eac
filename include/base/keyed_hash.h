/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_KEYED_HASH_H
#define BASE_KEYED_HASH_H

/*
 * SipHash-1-3: Aumasson, Bernstein, "SipHash: a fast short-input PRF", 2012, with the rounds that
 * hash tables use. Without the key, colliding bytes cannot be chosen, so a table over bytes that
 * others choose has no bad case. The key is drawn at random once per table, by the caller
 * (kernel/random_key.h).
 */

#include <stddef.h>
#include <stdint.h>

struct hash_key {
	uint64_t words[2];
};

/* The hash of length bytes under the key; the same on every machine. */
uint64_t keyed_hash(const struct hash_key *key, const void *bytes, size_t length);

#endif
