/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_NAMES_H
#define MODEL_HISTORY_NAMES_H

/*
 * The strings that one group of a history needs, each once, one after the other. A string is known
 * by where it begins: equal strings have the same place. All zeroes but for the key is a valid,
 * empty one.
 */

#include <stddef.h>

#include "base/keyed_hash.h"

struct history_names {
	char *bytes;             /* the strings with their NULs; moves when it grows */
	size_t length, capacity; /* bytes */
	size_t *slots;           /* hash table of places + 1, 0 is free */
	size_t slot_count;       /* a power of two, or 0 */
	size_t count;            /* strings */
	struct hash_key key;     /* random, as the strings are the target's */
	size_t detours;          /* slots that were looked at in vain so far */
};

/* The place of the string in bytes; the string is added when it is new. */
size_t history_names_intern(struct history_names *names, const char *string);

/* The bytes that it takes. */
size_t history_names_size(const struct history_names *names);

/* Forgets the strings; keeps the memory unless much of it was not needed. */
void history_names_clear(struct history_names *names);

/* Frees it; it is empty and usable afterwards, under the same key. */
void history_names_finish(struct history_names *names);

#endif
