/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_NAMES_H
#define LAYOUT_NAMES_H

/*
 * Which objects a run of mappings belongs to, by the names that users know them by, the largest
 * first. Of a fixed size however many mappings are added: the largest NAMES_MOST objects are kept.
 * An object met again after it had to make room counts from 0; as its mappings mostly lie together,
 * that happens to small ones. Names are bytes of the address space and live as long.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct vma;

#define NAMES_MOST 64

struct name {
	const char *bytes; /* length of them, not checked and not escaped */
	size_t length;
	uint64_t size;  /* bytes of its mappings */
	uint32_t place; /* how many were met before it */
};

struct names {
	struct name
		entries[NAMES_MOST + KIND_COUNT]; /* while adding: in the order of their bytes */
	size_t count;
	bool has_dropped; /* there are more names than entries */
	/* While adding. */
	struct name current;      /* the object being added up, not among the entries yet */
	const char *current_name; /* its name as in the VMA; NULL for none */
	size_t smallest;          /* the entry that gives way when all are taken */
	uint32_t met;
	uint64_t unnamed[KIND_COUNT]; /* bytes without a name, by kind */
	uint64_t total;               /* bytes; guards and reservations without a name left out */
};

/*
 * Adds size bytes of the VMA to names, which start as all zeroes. VMAs come in ascending order.
 * below is the next lower VMA of the space (NULL for none): a bss belongs to the file below it.
 */
void names_add(struct names *names, const struct vma *vma, const struct vma *below, uint64_t size);

/*
 * Ends the adding: sorts the entries, the largest first, with what has no name among them by the
 * name of its kind: anonymous memory when it is at least a quarter of everything; guards only when
 * there is nothing else; reservations then, and last when they are more than all the others.
 */
void names_sort(struct names *names);

/*
 * The part of the name that users know: the file's name without ".so" and the version after it
 * ("libc" of "/usr/lib/libc.so.6"), a name in brackets as it is. Returns where it begins and sets
 * *ret_length.
 */
const char *names_short(const char *name, size_t *ret_length);

#endif
