/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_SYMBOL_LIST_H
#define INSIDE_SYMBOL_LIST_H

/*
 * The symbols of something, by address and by name. What a symbol table, a perf map or a runtime's
 * own table calls its functions and variables comes in as candidates, in any order, overlapping,
 * several for one place; out come
 *
 *   symbols  what lies where: ascending, disjoint pieces, each with the name to show. Of several
 *            names of one place the best is shown; where one symbol lies in another, the outer one
 *            goes on behind it as a further piece.
 *   names    every name, also those that are not shown, ascending by address.
 *
 * Addresses and sizes are in bytes, ranges half-open.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than any program has; a table with more is refused. */
#define SYMBOLS_MAX (UINT32_C(1) << 22)

enum inside_symbol_kind {
	INSIDE_FUNCTION,
	INSIDE_VARIABLE,
	INSIDE_OTHER, /* a label of which the table does not say what it is */
	INSIDE_SYMBOL_KINDS,
};

/* Who may refer to it, and by which version of the name. Better ones first. */
enum inside_reach {
	INSIDE_GLOBAL,
	INSIDE_WEAK,
	INSIDE_OLD_VERSION, /* only by programs that were linked long ago */
	INSIDE_LOCAL,
};

/* One name of one place. */
struct inside_name {
	uint64_t address;
	uint64_t size;     /* 0: the table does not say */
	uint64_t limit;    /* where it ends at the latest: the end of its section */
	const char *name;  /* raw bytes, mangled, not empty; "name@VERSION" in some tables */
	const char *shown; /* demangled; the name where it is not mangled, or NULL of a candidate */
	uint8_t kind;      /* enum inside_symbol_kind */
	uint8_t reach;     /* enum inside_reach */
};

/* What lies at an address. */
struct inside_symbol {
	uint64_t start, end; /* of this piece */
	uint64_t address;    /* where the symbol begins, at or below start */
	const char *name;
	const char *shown; /* the name demangled, or the name */
	uint8_t kind;      /* enum inside_symbol_kind */
	bool sized;        /* the table says how large it is; else it goes on to the next one */
};

/* All zeroes: none. */
struct symbol_list {
	struct inside_symbol *symbols;
	size_t symbol_count;
	struct inside_name *names;
	size_t name_count;
};

/*
 * Makes the list of count names (an array from memory_alloc(), which it takes over and sorts).
 * A name whose range is empty is only a name. The strings stay the caller's.
 * O(count log count).
 */
void symbol_list_init(struct symbol_list *list, struct inside_name *names, size_t count);

void symbol_list_finish(struct symbol_list *list);

/* The symbol at the address; NULL where there is none. O(log symbols). */
const struct inside_symbol *symbol_list_at(const struct symbol_list *list, uint64_t address);

/* The first symbol that ends above the address: its index, or the number of symbols. O(log
 * symbols). */
size_t symbol_list_from(const struct symbol_list *list, uint64_t address);

/*
 * Finds the name of length bytes: one that is equal, without its version, or demangled and without
 * its parameters; of several the one with the best reach. With beginning, if there is none, the
 * only one that begins so. Returns 0 and sets *ret_name; -ENOENT; or -ENOTUNIQ when several with
 * the best reach are equal, or several begin so, and then *ret_name is one of them. O(names): no
 * index of names is kept for questions that people ask.
 */
int symbol_list_find(const struct symbol_list *list, const char *name, size_t length,
		     bool beginning, const struct inside_name **ret_name);

/* The length of the name without the version: "memcpy" of "memcpy@@GLIBC_2.14". */
size_t symbol_name_length(const char *name);

#endif
