/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PLACE_NAME_H
#define MODEL_PLACE_NAME_H

/* The names in address expressions (model/place.h) and what of a snapshot they mean. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;
struct vma;

#define PLACE_MEANT_MAX 4

struct place_name {
	size_t length;    /* bytes that the name takes of the expression; 0: it begins with none */
	uint64_t address; /* where it is */
	bool absent;      /* a name that every process could have, but this one has no such thing;
			   * of a symbol: the object meant has none of that name */
	bool beginning;   /* it is only the beginning of a file's name */
	bool symbol;      /* it is one of model/place_symbol.h */
	const struct vma *meant[PLACE_MEANT_MAX]; /* the lowest mapping of each file meant */
	size_t meant_count; /* more than 1, or of a symbol that is not absent 1: it is ambiguous */
	bool meant_more;    /* there are more than these */
};

/* Whether a name or a number may end before at: at the end, a sign or a blank. */
bool place_name_ends_at(const char *at, const char *end);

/* Finds the name that length bytes begin with, the longest that there is. O(mappings). */
void place_name_find(const struct address_space *space, const char *bytes, size_t length,
		     struct place_name *ret_name);

/* The words that are names in every process, for suggestions: "heap", "stack", …; NULL at the end.
 */
const char *place_name_word(size_t index);

#endif
