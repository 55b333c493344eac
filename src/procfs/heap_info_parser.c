/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/heap_info_parser.h"

#include <string.h>

/*
 * The arena lies behind the head of its first heap: four words up to glibc 2.34, six since, and
 * whatever aligns that.
 */
#define ARENA_OFFSET_MAX 256u

#define UNIT_32 (UINT64_C(1) << 20) /* of processes with words of four bytes */

struct heap_info {
	uint64_t arena, previous, size, accessible;
};

static struct heap_info take(const uint8_t *bytes, bool is_32bit)
{
	uint64_t words[4];
	uint32_t narrow;

	for (size_t i = 0; i < 4 && is_32bit; i++) {
		memcpy(&narrow, bytes + i * sizeof(narrow), sizeof(narrow));
		words[i] = narrow;
	}
	if (!is_32bit)
		memcpy(words, bytes, sizeof(words));
	return (struct heap_info){words[0], words[1], words[2], words[3]};
}

bool heap_info_parse(const struct heap_place *place, const uint8_t bytes[static HEAP_INFO_BYTES])
{
	bool is_32bit = place->unit == UNIT_32;
	struct heap_info info = take(bytes, is_32bit);
	uint64_t word = is_32bit ? 4 : 8, first = info.arena & ~(place->unit - 1);
	uint64_t most = place->end - place->start;

	if (most > place->unit)
		most = place->unit;
	if (info.arena - first < 4 * word || info.arena - first > ARENA_OFFSET_MAX ||
	    info.arena % word)
		return false;
	/* The first heap of an arena has none before it; all others have. */
	if ((first == place->start) != (info.previous == 0) || info.previous == place->start ||
	    (info.previous & (place->unit - 1)))
		return false;
	/* It may have grown since the mapping was listed, but not shrunk: that is kept accessible.
	 */
	return info.size && info.size <= info.accessible && info.accessible <= place->unit &&
	       info.accessible >= most && info.size % 16 == 0 &&
	       info.accessible % place->page_size == 0;
}
