/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/bytes_held.h"

#include <string.h>

#include "inside/memory_reader.h"

void bytes_held_take(struct bytes_held *held, uint64_t address, const uint8_t *bytes, size_t size,
		     const uint8_t *absent, uint64_t page_size)
{
	const struct bytes_held before = *held;

	held->address = address;
	held->size = size < BYTES_HELD_MAX ? size : BYTES_HELD_MAX;
	for (size_t i = 0; i < held->size; i++) {
		uint8_t old = bytes[i];
		enum byte_state was = bytes_held_get(&before, address + i, &old);

		held->bytes[i] = bytes[i];
		if (memory_reader_is_absent(absent, address, i, page_size))
			held->states[i] = BYTE_ABSENT;
		else
			held->states[i] =
				was != BYTE_UNKNOWN && was != BYTE_ABSENT && old != bytes[i]
					? BYTE_CHANGED
					: BYTE_SAME;
	}
}

enum byte_state bytes_held_get(const struct bytes_held *held, uint64_t address, uint8_t *ret_byte)
{
	uint64_t at = address - held->address;

	if (address < held->address || at >= held->size)
		return BYTE_UNKNOWN;
	if (held->states[at] >= BYTE_SAME)
		*ret_byte = held->bytes[at];
	return held->states[at];
}

bool bytes_held_lacks(const struct bytes_held *held)
{
	return memchr(held->states, BYTE_ABSENT, held->size) != NULL;
}

bool bytes_held_word(const struct bytes_held *held, uint64_t address, unsigned size,
		     uint64_t *ret_word)
{
	uint8_t bytes[sizeof(uint64_t)] = {0};
	uint32_t half;

	for (unsigned i = 0; i < size; i++)
		if (bytes_held_get(held, address + i, &bytes[i]) < BYTE_SAME)
			return false;
	if (size == sizeof(half)) {
		memcpy(&half, bytes, sizeof(half));
		*ret_word = half;
	} else {
		memcpy(ret_word, bytes, sizeof(*ret_word));
	}
	return true;
}
