/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PLACE_SYMBOL_H
#define MODEL_PLACE_SYMBOL_H

/*
 * The names of functions and variables in address expressions (model/place.h). Who knows them reads
 * files for it, so that they are looked up through a struct place_symbols, where there is one.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/place_name.h"

struct address_space;
struct vma;

struct place_symbol {
	const struct vma *object; /* a mapping of the object that has it; NULL: any object */
	const char *name;         /* of length bytes, not ended by a NUL */
	size_t length;
	bool beginning; /* one whose name begins so will do, if it is the only one */
};

struct place_symbols {
	/*
	 * Finds the symbol in the space. Returns 0 and sets the address of *ret_name; -ENOENT; or
	 * -ENOTUNIQ and fills meant, meant_count (at least 1) and meant_more of *ret_name: a
	 * mapping of each object that has one or more.
	 */
	int (*find)(void *context, const struct address_space *space,
		    const struct place_symbol *wanted, struct place_name *ret_name);
	void *context;
};

/*
 * Finds the symbol that length bytes begin with: "main", or, in an object of that name,
 * "libc:environ". As names may have signs and blanks in them ("operator+"), the longest that there
 * is is meant; one that only begins so ends at the first sign or blank. Fills *ret_name; its length
 * is 0 when there is none.
 */
void place_symbol_find(const struct place_symbols *symbols, const struct address_space *space,
		       const char *bytes, size_t length, struct place_name *ret_name);

#endif
