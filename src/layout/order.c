/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define DIGITS 8 /* bytes of a key, the lowest first */
#define VALUES 256

static unsigned digit_of(uint64_t key, unsigned digit)
{
	return key >> (8 * digit) & 0xff;
}

/*
 * Radix sort. Most keys are small or share their high bytes: a digit that is the same everywhere
 * costs nothing beyond the one pass that counts all digits.
 */
void order_sort(struct order_item *items, size_t count)
{
	size_t counts[DIGITS][VALUES] = {{0}};
	struct order_item *from = items, *to, *spare;

	if (count < 2)
		return;
	spare = memory_resize(NULL, count * sizeof(*spare));
	to = spare;
	for (size_t i = 0; i < count; i++)
		for (unsigned digit = 0; digit < DIGITS; digit++)
			counts[digit][digit_of(items[i].key, digit)]++;
	for (unsigned digit = 0; digit < DIGITS; digit++) {
		size_t position = 0;
		struct order_item *other = from;

		if (counts[digit][digit_of(from[0].key, digit)] == count)
			continue;
		for (unsigned value = 0; value < VALUES; value++) {
			size_t here = counts[digit][value];

			counts[digit][value] = position;
			position += here;
		}
		for (size_t i = 0; i < count; i++)
			to[counts[digit][digit_of(from[i].key, digit)]++] = from[i];
		from = to;
		to = other;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
	free(spare);
}
