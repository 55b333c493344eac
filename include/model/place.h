/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

/*
 * An address as people write it: sums and differences of numbers and of names of what is mapped.
 *
 *   7f83aa53e000, 0x7f83aa53e000     an address; without 0x only at the beginning
 *   heap+0x100, stack-64K            after it numbers are decimal, or hexadecimal with 0x;
 *                                    K, M, G, T (1.5M) stand for powers of 1024
 *   libc+0x2a000, brk - heap         names, blanks are allowed around the signs
 *
 * A name means the lowest address of what it names: heap, stack (the main one), stack:TID (of a
 * thread; where it lies in other memory, the stack pointer), program, loader, brk (the program
 * break: the end of the heap, in whole pages), names in brackets ("[vdso]", with or without them),
 * and mapped files, whose lowest mapping is where they were loaded: by path, by file name, by that
 * without ".so" and the version, or by any beginning of it that only one file has. The longest name
 * that fits is meant, as names may have signs in them (ld-linux-x86-64.so.2). Digits alone at the
 * beginning are an address.
 *
 *   main, libc:environ, a::f         functions and variables (model/place_symbol.h): of any object,
 *                                    or of the one before the colon
 *
 * They come after all names but beginnings of files' names.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/place_name.h"

struct address_space;
struct place_symbols;
struct vma;

#define PLACE_LENGTH_MAX 8192 /* bytes of an expression: a path and more */
#define PLACE_TERMS_MAX  16

enum place_fault {
	PLACE_EMPTY,         /* nothing was written */
	PLACE_LONG,          /* more than the limits above */
	PLACE_TERM,          /* a number or a name is missing at the offset */
	PLACE_SIGN,          /* a + or - is missing at the offset */
	PLACE_NUMBER,        /* it begins with a digit, but is neither a number nor a name */
	PLACE_NUMBER_HEX,    /* hexadecimal digits where 0x is needed */
	PLACE_RANGE,         /* the number, or the whole, is no 64-bit address */
	PLACE_NAME,          /* nothing has that name */
	PLACE_NAME_ABSENT,   /* heap, stack, …: the process has none, or it is not known */
	PLACE_NAME_SEVERAL,  /* several files have that name, or begin with it */
	PLACE_SYMBOL,        /* the object that is meant has no such symbol */
	PLACE_SYMBOL_SEVERAL /* the objects that are meant (at least 1) have several */
};

struct place_mistake {
	enum place_fault fault;
	size_t offset, length; /* the part of the expression; length 0: at its end */
	bool symbols;          /* symbols were looked up, too */
	/* Where objects are meant: a mapping of each; more: there are others. */
	const struct vma *meant[PLACE_MEANT_MAX];
	size_t meant_count;
	bool meant_more;
};

/*
 * Finds the address that length bytes (any) mean in the space. Returns 0 and sets *ret_address; or
 * -EINVAL and fills *ret_mistake, whose mappings belong to the space. O(terms * mappings).
 */
int place_find(const struct address_space *space, const char *bytes, size_t length,
	       uint64_t *ret_address, struct place_mistake *ret_mistake);

/* The same with symbols; NULL: none is known. Takes as long as they are looked up. */
int place_find_with(const struct address_space *space, const struct place_symbols *symbols,
		    const char *bytes, size_t length, uint64_t *ret_address,
		    struct place_mistake *ret_mistake);

/*
 * Whether symbols decide what it means: place_find() finds no such name, or only a beginning, which
 * a symbol comes before.
 */
bool place_needs_symbols(const struct address_space *space, const char *bytes, size_t length);

#endif
