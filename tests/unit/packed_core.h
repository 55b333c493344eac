/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PACKED_CORE_H
#define TESTS_UNIT_PACKED_CORE_H

/*
 * Bytes as gzip(1) and zstd(1) pack them, but nothing is made smaller: blocks that are stored as
 * they are (RFC 1951, 3.2.4; RFC 8878, 3.1.1.2). Made memory is the caller's.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PACKED_BLOCK 0x8000u

struct packed {
	uint8_t *bytes;
	size_t size;
};

static inline void packed_put(struct packed *packed, const void *bytes, size_t size)
{
	packed->bytes = realloc(packed->bytes, packed->size + size + 1);
	if (size)
		memcpy(packed->bytes + packed->size, bytes, size);
	packed->size += size;
}

static inline void packed_put_number(struct packed *packed, uint32_t number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		packed_put(packed, &(uint8_t){(uint8_t)(number >> 8 * i)}, 1);
}

static inline uint32_t packed_crc(const uint8_t *bytes, size_t size)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
	}
	return ~crc;
}

/* Appends a member of gzip. */
static inline void packed_put_gzip(struct packed *packed, const void *bytes, size_t size)
{
	packed_put(packed, "\x1f\x8b\x08\0\0\0\0\0\0\3", 10);
	for (size_t at = 0; at < size || !size;) {
		size_t part = size - at < PACKED_BLOCK ? size - at : PACKED_BLOCK;

		packed_put_number(packed, at + part == size, 1);
		packed_put_number(packed, (uint32_t)part, 2);
		packed_put_number(packed, ~(uint32_t)part, 2);
		packed_put(packed, (const uint8_t *)bytes + at, part);
		at += part;
		if (!size)
			break;
	}
	packed_put_number(packed, packed_crc(bytes, size), 4);
	packed_put_number(packed, (uint32_t)size, 4);
}

/* Appends a frame of zstd, with a window of 1 MiB. */
static inline void packed_put_zstd(struct packed *packed, const void *bytes, size_t size)
{
	packed_put(packed, "\x28\xb5\x2f\xfd\0\x50", 6);
	for (size_t at = 0; at < size;) {
		size_t part = size - at < PACKED_BLOCK ? size - at : PACKED_BLOCK;

		packed_put_number(packed, (uint32_t)part << 3 | (at + part == size), 3);
		packed_put(packed, (const uint8_t *)bytes + at, part);
		at += part;
	}
}

#endif
