/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SEARCH_H
#define BASE_SEARCH_H

/*
 * The one binary search: where, in something that is sorted, a condition begins to hold. It is in
 * the header so that the condition is compiled into the loop: lists of mappings are searched for
 * every row, and a call for each step would double the time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The first index below count where the condition holds; count when there is none. It also holds at
 * every index after one where it does.
 */
static inline size_t search_first(size_t count, bool (*holds)(const void *context, size_t index),
				  const void *context)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (holds(context, middle))
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* For the macros below: an array, where in its elements the member is, and the number to compare.
 */
struct search_members {
	const void *array;
	size_t offset; /* of the member */
	size_t stride; /* bytes from one element's to the next one's */
	uint64_t value;
};

static inline uint64_t search_member(const void *context, size_t index)
{
	const struct search_members *members = context;

	return *(const uint64_t *)((const char *)members->array + index * members->stride +
				   members->offset);
}

static inline bool search_is_above(const void *context, size_t index)
{
	return search_member(context, index) > ((const struct search_members *)context)->value;
}

static inline bool search_is_from(const void *context, size_t index)
{
	return search_member(context, index) >= ((const struct search_members *)context)->value;
}

/* Nothing is added to the array's address here: it may be NULL. */
#define SEARCH_MEMBERS(list, member, number)                                             \
	(&(const struct search_members){.array = (list),                                 \
					.offset = offsetof(__typeof__(*(list)), member), \
					.stride = sizeof(*(list)),                       \
					.value = (number)})

/*
 * Of count elements in an array (NULL when count is 0) that ascend by a member, which is a
 * uint64_t: the index of the first one whose member is greater than the number (ABOVE), or at least
 * the number (FROM); count when there is none. The end of half-open ranges is searched with ABOVE,
 * which finds the range that contains an address, or else the next one.
 */
#define SEARCH_ABOVE(array, count, member, number) \
	search_first((count), search_is_above, SEARCH_MEMBERS(array, member, number))
#define SEARCH_FROM(array, count, member, number) \
	search_first((count), search_is_from, SEARCH_MEMBERS(array, member, number))

#endif
