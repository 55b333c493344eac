/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/place_symbol.h"

#include <errno.h>

#include "model/address_space.h"

/* Looked up at most, of one name: each may cost a look at the names of all objects. */
#define ENDS_MAX 16

/* What is sought: the symbol begins at bytes, and ends at end or before. */
struct seeking {
	const struct place_symbols *symbols;
	const struct address_space *space;
	const char *bytes, *end;
	struct place_symbol wanted;
};

/* Whether there is such a symbol, or there are several. */
static bool look_up(struct seeking *seeking, const char *end, bool beginning,
		    struct place_name *ret_name)
{
	struct place_name name = {.symbol = true};
	int error;

	seeking->wanted.length = (size_t)(end - seeking->wanted.name);
	seeking->wanted.beginning = beginning;
	error = seeking->symbols->find(seeking->symbols->context, seeking->space, &seeking->wanted,
				       &name);
	if (error && error != -ENOTUNIQ)
		return false;
	name.length = (size_t)(end - seeking->bytes);
	*ret_name = name;
	return true;
}

static const char *next_end(const char *at, const char *end)
{
	while (!place_name_ends_at(at, end))
		at++;
	return at;
}

/* The symbol from wanted.name on, the longest first. */
static bool look_up_longest(struct seeking *seeking, struct place_name *ret_name)
{
	const char *ends[ENDS_MAX];
	size_t count = 0;

	for (const char *at = seeking->wanted.name; count < ENDS_MAX; at++) {
		at = next_end(at, seeking->end);
		if (at > seeking->wanted.name)
			ends[count++] = at;
		if (at == seeking->end)
			break;
	}
	for (size_t i = count; i > 0; i--)
		if (look_up(seeking, ends[i - 1], false, ret_name))
			return true;
	return count && look_up(seeking, ends[0], true, ret_name);
}

/* A colon that divides a name of an object from one of a symbol; NULL when there is none. */
static const char *next_colon(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at != ':')
			continue;
		if (at + 1 < end && at[1] != ':')
			return at;
		while (at + 1 < end && at[1] == ':')
			at++;
	}
	return NULL;
}

/* The mapping that the name of an object means; NULL when it means none, or several. */
static const struct vma *find_object(const struct address_space *space, const char *bytes,
				     size_t length)
{
	struct place_name name;
	size_t index;

	place_name_find(space, bytes, length, &name);
	if (name.length != length || name.absent || name.meant_count > 1)
		return NULL;
	index = address_space_find(space, name.address);
	return index < space->vma_count && vma_has_file(&space->vmas[index]) ? &space->vmas[index]
									     : NULL;
}

/* "libc:environ". Returns whether it is of that form, be it that the object has no such symbol. */
static bool look_up_in_object(struct seeking *seeking, struct place_name *ret_name)
{
	const char *colon = seeking->bytes;

	while ((colon = next_colon(colon, seeking->end))) {
		const struct vma *object = find_object(seeking->space, seeking->bytes,
						       (size_t)(colon - seeking->bytes));

		colon++;
		if (!object)
			continue;
		seeking->wanted.object = object;
		seeking->wanted.name = colon;
		if (!look_up_longest(seeking, ret_name))
			*ret_name = (struct place_name){
				.length = (size_t)(next_end(colon, seeking->end) - seeking->bytes),
				.symbol = true,
				.absent = true,
				.meant = {object},
				.meant_count = 1,
			};
		return true;
	}
	return false;
}

void place_symbol_find(const struct place_symbols *symbols, const struct address_space *space,
		       const char *bytes, size_t length, struct place_name *ret_name)
{
	struct seeking seeking = {
		.symbols = symbols,
		.space = space,
		.bytes = bytes,
		.end = bytes + length,
		.wanted = {.name = bytes},
	};

	*ret_name = (struct place_name){0};
	if (length && !look_up_in_object(&seeking, ret_name))
		look_up_longest(&seeking, ret_name);
}
