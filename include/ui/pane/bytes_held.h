/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_BYTES_HELD_H
#define UI_PANE_BYTES_HELD_H

/*
 * The bytes of a process that were read last, and which of them are others than in the read before.
 * All zeroes: none are known.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BYTES_HELD_MAX 2048

enum byte_state {
	BYTE_UNKNOWN, /* it was not read */
	BYTE_ABSENT,  /* its page is not in memory, or may not be read */
	BYTE_SAME,
	BYTE_CHANGED, /* it is another one than before */
};

struct bytes_held {
	uint64_t address;
	size_t size;
	uint8_t bytes[BYTES_HELD_MAX];
	uint8_t states[BYTES_HELD_MAX]; /* enum byte_state */
};

/*
 * Takes over size bytes (at most BYTES_HELD_MAX) and the map of their absent pages, as
 * inside/memory_reader.h has it. Only bytes that were known before can have changed.
 */
void bytes_held_take(struct bytes_held *held, uint64_t address, const uint8_t *bytes, size_t size,
		     const uint8_t *absent, uint64_t page_size);

/* What is known of the byte at the address, and the byte where it is known. */
enum byte_state bytes_held_get(const struct bytes_held *held, uint64_t address, uint8_t *ret_byte);

/* Whether a byte of these is absent. */
bool bytes_held_lacks(const struct bytes_held *held);

/*
 * The word of 4 or 8 bytes at the address, in this machine's byte order; false, and nothing is set,
 * where not all of them are known.
 */
bool bytes_held_word(const struct bytes_held *held, uint64_t address, unsigned size,
		     uint64_t *ret_word);

#endif
